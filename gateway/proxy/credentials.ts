import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { consumerKeyPrefix, tryOutKeyPrefix } from "../../lib/model/api-key-secret.ts";
import { type KeyType, keyTypes } from "../../lib/model/endpoint-config.ts";
import type { SnapshotApi } from "../../lib/model/snapshot.ts";
import { fieldValues } from "./headers.ts";

/** Whether a request may call an API, and which key type its key has. */
export type Admission = { kind: "admitted"; keyType: KeyType } | { kind: "missing" } | { kind: "invalid" };

const maxKeyLength = 2_000;

const tryOutClaimSchema = z.strictObject({ apiId: z.string(), keyType: z.enum(keyTypes), expiresAtMs: z.number() });

/** Checks the credentials of a request: header `Internal-Key`, else header `apikey`, else the query's `apikey`. */
export function admit(
  api: SnapshotApi,
  rawHeaders: readonly string[],
  query: string,
  secret: string,
  wallClockMs: number,
): Admission {
  const [internalKey] = fieldValues(rawHeaders, "internal-key");
  if (internalKey !== undefined) {
    const keyType = tryOutKeyType(internalKey, api.id, secret, wallClockMs);
    if (keyType) return { kind: "admitted", keyType };
    if (api.apiKeyRequired) return { kind: "invalid" };
  }
  if (!api.apiKeyRequired) {
    return { kind: "admitted", keyType: api.endpointConfig?.production ? "production" : "sandbox" };
  }
  const key = fieldValues(rawHeaders, "apikey")[0] ?? queryKey(query);
  if (key === undefined || key === "") return { kind: "missing" };
  const keyType = consumerKeyType(key, api, wallClockMs);
  return keyType ? { kind: "admitted", keyType } : { kind: "invalid" };
}

function consumerKeyType(key: string, api: SnapshotApi, wallClockMs: number): KeyType | undefined {
  if (!key.startsWith(consumerKeyPrefix) || key.length > maxKeyLength) return undefined;
  // Keys are random and long, so comparing hashes gives nothing away by its timing.
  const hash = createHash("sha256").update(key).digest("hex");
  const stored = api.keys.find((candidate) => candidate.hash === hash);
  if (!stored || (stored.expiresAtMs !== null && wallClockMs >= stored.expiresAtMs)) return undefined;
  return stored.keyType;
}

function tryOutKeyType(key: string, apiId: string, secret: string, wallClockMs: number): KeyType | undefined {
  if (!key.startsWith(tryOutKeyPrefix) || key.length > maxKeyLength) return undefined;
  const [payload, signature, ...rest] = key.slice(tryOutKeyPrefix.length).split(".");
  if (!payload || !signature || rest.length > 0) return undefined;
  const expected = createHmac("sha256", `try-out:${secret}`).update(payload).digest();
  const given = Buffer.from(signature, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const claim = tryOutClaimSchema.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString()));
  if (!claim.success || claim.data.apiId !== apiId || wallClockMs >= claim.data.expiresAtMs) return undefined;
  return claim.data.keyType;
}

function queryKey(query: string): string | undefined {
  const pair = query.split("&").find((candidate) => candidate.startsWith("apikey="));
  if (pair === undefined) return undefined;
  try {
    return decodeURIComponent(pair.slice("apikey=".length));
  } catch {
    return ""; // A broken escape is no key.
  }
}

/** A query without the gateway's key, every other byte as it was. */
export function withoutQueryKey(query: string): string {
  if (!query.includes("apikey")) return query;
  return query
    .split("&")
    .filter((pair) => pair !== "apikey" && !pair.startsWith("apikey="))
    .join("&");
}
