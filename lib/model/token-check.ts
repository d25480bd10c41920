import { z } from "zod";
import type { KeyType } from "./endpoint-config.ts";
import { type JwtAlgorithm, jwtSettingsSchema, keySetUrlSchema } from "./jwt-settings.ts";

/** Which issuer's keys to ask for, as they are typed; the API's trusted certificates of its host count. */
export const keySetCheckRequestSchema = z.strictObject({ apiId: z.string(), jwksUrl: keySetUrlSchema });
export type KeySetCheckRequest = z.input<typeof keySetCheckRequestSchema>;

/** What an issuer publishes, found out just now. */
export type KeySetCheck = {
  keys: { kid: string | null; kind: string; algorithms: JwtAlgorithm[] }[];
  /** How many others there are that verify nothing. */
  leftOut: number;
  /** Why there is nothing, in words; null: there are keys. */
  error: string | null;
};

/** A token to check by settings as they are typed. It is checked and forgotten. */
export const tokenTestRequestSchema = z.strictObject({
  apiId: z.string(),
  settings: jwtSettingsSchema,
  token: z
    .string()
    .trim()
    .min(1, "Paste a token.")
    .max(16_384, "A token has at most 8,192 characters.")
    .transform((text) => text.replace(/^(?:authorization:\s*)?bearer\s+/i, "")),
});
export type TokenTestRequest = z.input<typeof tokenTestRequestSchema>;

/** What a gateway would say of a token now. */
export type TokenTest =
  | { kind: "accepted"; keyType: KeyType; consumer: string | null; expiresAt: Date }
  | {
      kind: "refused";
      /** Why, beginning in lower case. */
      words: string;
      /** What the token says, and what is expected, where that is the reason; null: it is not a matter of two values. */
      difference: { has: string; expected: string } | null;
    };
