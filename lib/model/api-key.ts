import { z } from "zod";
import { keyTypes } from "./endpoint-config.ts";
import { chosenTierSchema } from "./rate-limit.ts";

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
  /** The tier that requests with the key have to keep to; null: Unlimited. */
  rateTier: chosenTierSchema.optional(),
});
export type NewApiKey = z.input<typeof newApiKeySchema>;

/** Longest time for which a rotated key stays good beside the new one, days. */
export const longestOverlapDays = 90;

/** What a publisher gives to rotate a key: how long the present one stays good. */
export const keyRotationSchema = z.strictObject({
  /** Absent: the present key ends at once. */
  previousEndsAt: z.date({ error: "The end of the present key is a date and time." }).optional(),
});
export type KeyRotation = z.infer<typeof keyRotationSchema>;

/** What may be changed of a key. */
export const keyChangesSchema = z.strictObject({ rateTier: chosenTierSchema.unwrap() });
export type KeyChanges = z.input<typeof keyChangesSchema>;

/** A consumer's key as it is stored: without the key itself. */
export type ApiKey = {
  id: string;
  name: string;
  keyType: (typeof keyTypes)[number];
  prefix: string;
  createdAt: Date;
  expiresAt: Date | null;
  /** Null: Unlimited. */
  rateTier: string | null;
  /** To the minute; null: never. */
  lastUsedAt: Date | null;
  /** The key before a rotation, and until when it is good; null: there is none. */
  previousPrefix: string | null;
  previousEndsAt: Date | null;
};
