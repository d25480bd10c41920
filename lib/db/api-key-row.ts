import type { ApiKey } from "../model/api-key.ts";
import { keyTypes } from "../model/endpoint-config.ts";

type ApiKeyRow = Omit<ApiKey, "keyType"> & { keyType: string };

/** A consumer's key as it is stored. Throws when its type is none we know. */
export function apiKeyFromRow(row: ApiKeyRow): ApiKey {
  const { id, name, prefix, createdAt, expiresAt, rateTier, lastUsedAt, previousPrefix, previousEndsAt } = row;
  const keyType = keyTypes.find((known) => known === row.keyType);
  if (!keyType) throw new Error(`The API key ${id} has the unknown type ${row.keyType}`);
  return { id, name, keyType, prefix, createdAt, expiresAt, rateTier, lastUsedAt, previousPrefix, previousEndsAt };
}
