import { z } from "zod";
import { keyTypes } from "./endpoint-config.ts";

/** What a publisher gives to create a consumer's key. */
export const newApiKeySchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, "Enter a name, for example the consumer's.")
    .max(60, "A name has at most 60 characters."),
  keyType: z.enum(keyTypes, { error: "Key type is production or sandbox." }),
  /** Absent: never. */
  expiresAt: z.date({ error: "Expiry is a date and time." }).optional(),
});
export type NewApiKey = z.infer<typeof newApiKeySchema>;

/** A consumer's key as it is stored: without the key itself. */
export type ApiKey = {
  id: string;
  name: string;
  keyType: (typeof keyTypes)[number];
  prefix: string;
  createdAt: Date;
  expiresAt: Date | null;
};

/** How a stored key reads at the gateway. */
export type ApiKeyCredential = {
  id: string;
  /** Lower-case hex SHA-256 of the key. */
  hash: string;
  keyType: (typeof keyTypes)[number];
  /** ms since the epoch, or null for never. */
  expiresAtMs: number | null;
};
