import { createHmac } from "node:crypto";
import { tryOutKeyPrefix } from "../../model/api-key-secret.ts";
import type { KeyType } from "../../model/endpoint-config.ts";

/** What a try-out key says; `expiresAtMs` since the epoch. */
export type TryOutClaims = { apiId: string; keyType: KeyType; expiresAtMs: number };

/** Signs a try-out key in the form of lib/model/api-key-secret.ts, which every gateway of the installation verifies. */
export function signTryOutKey(claims: TryOutClaims, installationSecret: string): string {
  const { apiId, keyType, expiresAtMs } = claims;
  const payload = Buffer.from(JSON.stringify({ apiId, keyType, expiresAtMs })).toString("base64url");
  const signature = createHmac("sha256", `try-out:${installationSecret}`).update(payload).digest("base64url");
  return `${tryOutKeyPrefix}${payload}.${signature}`;
}
