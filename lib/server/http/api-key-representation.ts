import "server-only";
import { z } from "zod";
import {
  type ApiKey,
  type KeyChanges,
  type KeyRotation,
  type NewApiKey,
  newApiKeySchema,
} from "../../model/api-key.ts";
import type { KeyType } from "../../model/endpoint-config.ts";
import { parseInput } from "../../model/parse-input.ts";
import { chosenTierSchema, unlimitedTier } from "../../model/rate-limit.ts";

/** Key types are in capitals over REST, as WSO2 writes them. */
export const keyTypeInput = z
  .enum(["PRODUCTION", "SANDBOX"], { error: "A key type is PRODUCTION or SANDBOX." })
  .meta({ id: "KeyType" });

const keyTypeOfInput = { PRODUCTION: "production", SANDBOX: "sandbox" } as const satisfies Record<string, KeyType>;
export const inputOfKeyType = { production: "PRODUCTION", sandbox: "SANDBOX" } as const satisfies Record<
  KeyType,
  string
>;

/** A tier by its name. */
export const rateLimitInput = chosenTierSchema
  .unwrap()
  .meta({ description: "Name of a rate limit; Unlimited or null: none." });

const apiKeyShape = {
  id: z.uuid(),
  name: z.string(),
  keyType: keyTypeInput,
  prefix: z.string().meta({ description: "First characters of the key, to recognise it by." }),
  createdTime: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  rateLimit: z.string().meta({ description: "Name of its rate limit; Unlimited: none." }),
  lastUsedTime: z.iso.datetime().nullable().meta({ description: "To the minute; null: never." }),
  previousPrefix: z.string().nullable().meta({ description: "First characters of the key before a rotation." }),
  previousEndsAt: z.iso.datetime().nullable().meta({ description: "Until when that one is good." }),
};

/** A consumer's key, without the key. */
export const apiKeyRepresentation = z.strictObject(apiKeyShape).meta({ id: "APIKey" });

/** A consumer's key when it is created: `apikey` is shown this once. */
export const newApiKeyRepresentation = z.strictObject({ ...apiKeyShape, apikey: z.string() }).meta({ id: "NewAPIKey" });

/** What creates a consumer's key. */
export const apiKeyInput = z
  .strictObject({
    name: newApiKeySchema.shape.name,
    keyType: keyTypeInput,
    expiresAt: z.iso
      .datetime({ offset: true, error: "Expiry is a date and time such as 2027-01-31T12:00:00Z." })
      .nullish()
      .meta({ description: "Absent or null: never." }),
    rateLimit: rateLimitInput.optional(),
  })
  .meta({ id: "APIKeyInput" });

/** What may be changed of a consumer's key. */
export const apiKeyChangesInput = z.strictObject({ rateLimit: rateLimitInput }).meta({ id: "APIKeyChanges" });

/** What rotates a consumer's key. */
export const keyRotationInput = z
  .strictObject({
    previousEndsAt: z.iso
      .datetime({ offset: true, error: "The end of the present key is a date and time such as 2027-01-31T12:00:00Z." })
      .nullish()
      .meta({ description: "Until when the present key stays good; absent or null: it ends at once." }),
  })
  .meta({ id: "APIKeyRotation" });

export function keyRotationFromBody(body: unknown): KeyRotation {
  const { previousEndsAt } = parseInput(keyRotationInput, body);
  return previousEndsAt ? { previousEndsAt: new Date(previousEndsAt) } : {};
}

export function keyChangesFromBody(body: unknown): KeyChanges {
  return { rateTier: parseInput(apiKeyChangesInput, body).rateLimit };
}

export function keyTypeFromInput(keyType: z.output<typeof keyTypeInput>): KeyType {
  return keyTypeOfInput[keyType];
}

export function newApiKeyFromBody(body: unknown): NewApiKey {
  const { name, keyType, expiresAt, rateLimit = null } = parseInput(apiKeyInput, body);
  return {
    name,
    keyType: keyTypeOfInput[keyType],
    rateTier: rateLimit,
    ...(expiresAt ? { expiresAt: new Date(expiresAt) } : {}),
  };
}

export function representationFromApiKey(key: ApiKey): z.input<typeof apiKeyRepresentation> {
  return {
    id: key.id,
    name: key.name,
    keyType: inputOfKeyType[key.keyType],
    prefix: key.prefix,
    createdTime: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    rateLimit: key.rateTier ?? unlimitedTier,
    lastUsedTime: key.lastUsedAt?.toISOString() ?? null,
    previousPrefix: key.previousPrefix,
    previousEndsAt: key.previousEndsAt?.toISOString() ?? null,
  };
}
