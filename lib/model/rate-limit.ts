import { z } from "zod";

/** No limit at all: what is stored for it is null. */
export const unlimitedTier = "Unlimited";

/** Longest window of a tier: a day, seconds. */
export const longestWindowSeconds = 86_400;

export const rateTierNameSchema = z
  .string()
  .trim()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/,
    "A name begins with a letter or digit and has at most 40 letters, digits, - and _.",
  )
  .refine((name) => name !== unlimitedTier, "Unlimited is there already: it is no limit.");

const requestsWords = "Requests is a whole number from 1 to 1,000,000,000.";
const windowWords = `The window is a whole number of seconds from 1 to ${longestWindowSeconds.toLocaleString("en-US")}.`;

/** What a tier says: so many requests in any window of so many seconds. */
export const rateTierSchema = z.strictObject({
  name: rateTierNameSchema,
  requests: z
    .number({ error: requestsWords })
    .int(requestsWords)
    .min(1, requestsWords)
    .max(1_000_000_000, requestsWords),
  windowSeconds: z
    .number({ error: windowWords })
    .int(windowWords)
    .min(1, windowWords)
    .max(longestWindowSeconds, windowWords),
});
export type RateTier = z.infer<typeof rateTierSchema>;

/** The tier that an API or a key has; null: {@link unlimitedTier}. */
export const chosenTierSchema = z
  .union([z.null(), z.literal(unlimitedTier).transform(() => null), rateTierNameSchema], {
    error: "A tier is named as under Administration → Rate limits; Unlimited or null is no limit.",
  })
  .default(null);

/** Most tiers of an installation: every list of choices shows all of them. */
export const mostRateTiers = 100;

/** A tier in words, for example "5,000 requests a minute". */
export function rateTierWords({ requests, windowSeconds }: Pick<RateTier, "requests" | "windowSeconds">): string {
  return `${requests.toLocaleString("en-US")} ${requests === 1 ? "request" : "requests"} ${windowWord(windowSeconds)}`;
}

const namedWindows = new Map([
  [1, "a second"],
  [60, "a minute"],
  [3_600, "an hour"],
  [86_400, "a day"],
]);

function windowWord(seconds: number): string {
  return namedWindows.get(seconds) ?? `in ${seconds.toLocaleString("en-US")} seconds`;
}
