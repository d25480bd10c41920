import { z } from "zod";
import type { ActionResult } from "./action-result.ts";
import { passedByReasons } from "./decision-record.ts";
import { keyTypes } from "./endpoint-config.ts";

export const tryOutMethods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;

/** Longest body that is sent, characters. */
export const maxTryOutBody = 1_000_000;
/** How much of an answer's body is brought to the page, octets. */
export const maxShownBytes = 5 * 1024 * 1024;
/** For everything together, ms. */
export const tryOutDeadlineMs = 60_000;

/** Fields that the gateway's connection or the try-out itself decides. */
const forbiddenFields = new Set([
  ...["host", "content-length", "transfer-encoding", "connection", "keep-alive", "te", "trailer", "upgrade", "expect"],
  ...["proxy-connection", "internal-key"],
]);

const fieldSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, "A header name has letters, digits and - only.")
    .refine((name) => !forbiddenFields.has(name.toLowerCase()), { error: "The try-out sets this header itself." }),
  value: z
    .string()
    .max(8_192, "A header value has at most 8,192 characters.")
    .regex(/^[\t\x20-\x7e\xa0-\xff]*$/, "A header value has no line breaks, and only characters of Latin-1."),
});

/** One request through the gateway, as somebody who tries an API out composes it. */
export const tryOutRequestSchema = z.strictObject({
  keyType: z.enum(keyTypes, { error: "Key type is production or sandbox." }),
  method: z.enum(tryOutMethods, { error: `A method is one of ${tryOutMethods.join(", ")}.` }),
  /** Below the API's own path, with its query; as it is sent. */
  path: z
    .string()
    .max(4_000, "A path with its query has at most 4,000 characters.")
    .regex(/^(?:[/?][\x21-\x7e]*)?$/, "A path begins with / and has neither spaces nor other characters than ASCII.")
    .refine((path) => !path.includes("#"), { error: "Leave out the part from # on: it is never sent to a server." })
    .refine((path) => !climbs(path), { error: "A path does not climb up (..): it would leave the API." }),
  headers: z.array(fieldSchema).max(50, "At most 50 headers."),
  body: z.string().max(maxTryOutBody, "A body has at most 1,000,000 characters."),
  /** Whether only who answered and how fast is asked for: the body stays where it is. */
  headOnly: z.boolean().default(false),
});
export type TryOutRequest = z.input<typeof tryOutRequestSchema>;

/** The gateway's own account of the request, from its field X-Fairlead-Decision. */
export const tryOutDecisionSchema = z.looseObject({
  gateway: z.string(),
  rounds: z.array(
    z.looseObject({
      passedBy: z
        .array(z.looseObject({ endpoint: z.string(), reason: z.enum(passedByReasons).catch("tried") }))
        .default([]),
      endpoint: z.string().optional(),
      origin: z.string().optional(),
      attempts: z.array(z.looseObject({ outcome: z.union([z.string(), z.number(), z.null()]), ms: z.number() })),
    }),
  ),
});
export type TryOutDecision = z.infer<typeof tryOutDecisionSchema>;

/** What came of a request; times in ms from its beginning. */
export type TryOutAnswer =
  | {
      kind: "answered";
      status: number;
      headers: [name: string, value: string][];
      /** Base64 of at most {@link maxShownBytes}; empty where only the head was asked for. */
      body: string;
      /** Octets that came. */
      bodyBytes: number;
      isCut: boolean;
      headMs: number;
      totalMs: number;
      /** Undefined where the gateway gave none, as where no API answers at the path. */
      decision: TryOutDecision | undefined;
    }
  | { kind: "unreachable"; message: string; totalMs: number };

/** What the page gets: an answer, or what was wrong with what it sent. */
export type TryOutReply = ActionResult<TryOutAnswer>;

function climbs(path: string): boolean {
  const [before = ""] = path.split("?", 1);
  return before.split(/[/\\]|%2f|%5c/i).some((segment) => segment.replace(/%2e/gi, ".").replace(/;.*$/, "") === "..");
}
