import "server-only";
import { z } from "zod";
import { type ApiKey, type NewApiKey, newApiKeySchema } from "../../model/api-key.ts";
import type { KeyType } from "../../model/endpoint-config.ts";
import { parseInput } from "../../model/parse-input.ts";

/** Key types are in capitals over REST, as WSO2 writes them. */
export const keyTypeInput = z
  .enum(["PRODUCTION", "SANDBOX"], { error: "A key type is PRODUCTION or SANDBOX." })
  .meta({ id: "KeyType" });

const keyTypeOfInput = { PRODUCTION: "production", SANDBOX: "sandbox" } as const satisfies Record<string, KeyType>;
export const inputOfKeyType = { production: "PRODUCTION", sandbox: "SANDBOX" } as const satisfies Record<
  KeyType,
  string
>;

const apiKeyShape = {
  id: z.uuid(),
  name: z.string(),
  keyType: keyTypeInput,
  prefix: z.string().meta({ description: "First characters of the key, to recognise it by." }),
  createdTime: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
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
  })
  .meta({ id: "APIKeyInput" });

export function keyTypeFromInput(keyType: z.output<typeof keyTypeInput>): KeyType {
  return keyTypeOfInput[keyType];
}

export function newApiKeyFromBody(body: unknown): NewApiKey {
  const { name, keyType, expiresAt } = parseInput(apiKeyInput, body);
  return { name, keyType: keyTypeOfInput[keyType], ...(expiresAt ? { expiresAt: new Date(expiresAt) } : {}) };
}

export function representationFromApiKey(key: ApiKey): z.input<typeof apiKeyRepresentation> {
  return {
    id: key.id,
    name: key.name,
    keyType: inputOfKeyType[key.keyType],
    prefix: key.prefix,
    createdTime: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
  };
}
