import { tryOutKeyValidityMs } from "../../model/api-key-secret.ts";
import type { KeyType } from "../../model/endpoint-config.ts";
import { getApiRow } from "../apis/find-api.ts";
import { subjectOf } from "../apis/write-api.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { signTryOutKey } from "./try-out-key.ts";

/** A key for the header `Internal-Key`, and how long it is good for, ms. */
export type TryOutKey = { key: string; validityMs: number };

/** Makes a short-lived key for trying an API out. It is stored nowhere. Problems: not-found, forbidden. */
export async function generateTryOutKey(context: ServerContext, apiId: string, keyType: KeyType): Promise<TryOutKey> {
  const permission = requirePermission(context, "api-key.try-out");
  const api = await getApiRow(permission, context.db, apiId);
  const expiresAtMs = context.now().getTime() + tryOutKeyValidityMs;
  const key = signTryOutKey({ apiId: api.id, keyType, expiresAtMs }, context.secret);
  await recordAudit(context.db, context, { action: "api-key.try-out", ...subjectOf(api), detail: { keyType } });
  return { key, validityMs: tryOutKeyValidityMs };
}
