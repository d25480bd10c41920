import { z } from "zod";
import { endpointTargetProblem } from "./endpoint-target.ts";
import { rateTierNameSchema } from "./rate-limit.ts";

/**
 * Signatures that a public key verifies. Those with a shared secret (HS256 and its like) are none of them: whoever could
 * verify them could also sign, and a public key would do as their secret. RFC 8725 §3.1.
 */
export const jwtAlgorithms = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
] as const;
export type JwtAlgorithm = (typeof jwtAlgorithms)[number];

/** Longest tolerance between the clocks of an issuer and a gateway, seconds. */
export const mostToleranceSeconds = 600;

const maxTextLength = 500;
const mostValues = 20;

const text = (what: string) =>
  z
    .string({ error: `${what} is a text.` })
    .trim()
    .min(1, `${what} cannot be empty.`)
    .max(maxTextLength, `${what} has at most ${maxTextLength} characters.`);

const claimNameSchema = text("The name of a claim");

const urlWords = "Enter an http or https URL without a user name and without a fragment.";

/** Where an issuer publishes its public keys. Neither credentials nor a fragment: nobody would see them used. */
export const keySetUrlSchema = z
  .string({ error: urlWords })
  .trim()
  .max(2_000, "A URL has at most 2,000 characters.")
  .check((context) => {
    const message = isKeySetUrl(context.value) ? endpointTargetProblem(context.value) : urlWords;
    if (message !== undefined) context.issues.push({ code: "custom", message, input: context.value });
  });

function isKeySetUrl(typed: string): boolean {
  const url = URL.canParse(typed) ? new URL(typed) : undefined;
  if (!url || !/^https?:\/\//i.test(typed)) return false;
  return url.username === "" && url.password === "" && url.hash === "";
}

const toleranceWords = `The tolerance is a whole number of seconds from 0 to ${mostToleranceSeconds}.`;
const algorithmWords = `An algorithm is one of ${jwtAlgorithms.join(", ")}: those with a shared secret are not accepted.`;

const consumerTierSchema = z
  .union([z.null(), rateTierNameSchema], {
    error: "A tier is named as under Administration → Rate limits; null is no limit.",
  })
  .default(null);

const scopeSchema = text("A scope").regex(
  /^[\x21\x23-\x5b\x5d-\x7e]+$/,
  "A scope is one word of ASCII characters, without spaces, quotation marks and backslashes.",
);

/** What a JWT has to be for gateways to let its bearer call an API. Absent for APIs that accept none. */
export const jwtSettingsSchema = z.strictObject({
  /** The claim `iss`, exactly. */
  issuer: text("The issuer"),
  /** The claim `aud` has to name one of them. Without any, tokens for other services would be good here. */
  audiences: z
    .array(text("An audience"))
    .min(1, "Name at least one audience: without one, tokens that were issued for others would be accepted.")
    .max(mostValues, `At most ${mostValues} audiences.`),
  /** The issuer's JWK set. RFC 7517 §5. */
  jwksUrl: keySetUrlSchema,
  algorithms: z
    .array(z.enum(jwtAlgorithms, { error: algorithmWords }))
    .min(1, "Choose at least one algorithm.")
    .max(jwtAlgorithms.length, "Name each algorithm once.")
    .default(["RS256", "PS256", "ES256", "EdDSA"]),
  /** How far `exp` and `nbf` may be off, seconds. */
  clockToleranceSeconds: z
    .number({ error: toleranceWords })
    .int(toleranceWords)
    .min(0, toleranceWords)
    .max(mostToleranceSeconds, toleranceWords)
    .default(30),
  /** What the token has to be allowed to do, all of it: claim `scope` (RFC 8693 §4.2), or `scp` as a list. */
  scopes: z.array(scopeSchema).max(mostValues, `At most ${mostValues} scopes.`).default([]),
  /** Tokens whose claim has one of these values, or a list with one of them, go to sandbox; null: all to production. */
  sandbox: z
    .strictObject({
      claim: claimNameSchema,
      values: z
        .array(text("A value"))
        .min(1, "Name at least one value that means sandbox.")
        .max(mostValues, `At most ${mostValues} values.`),
    })
    .nullable()
    .default(null),
  /** Which claim names who calls, and the tier that each of them has to keep to; null: nobody is told apart. */
  consumer: z.strictObject({ claim: claimNameSchema, rateTier: consumerTierSchema }).nullable().default(null),
  /** Whether endpoints get the token as well; otherwise it stays at the gateway, as API keys do. */
  forwardToken: z.boolean({ error: "forwardToken is true or false." }).default(false),
});
export type JwtSettings = z.infer<typeof jwtSettingsSchema>;
