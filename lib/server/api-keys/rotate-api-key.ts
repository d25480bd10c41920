import { apiKeyFromRow } from "../../db/api-key-row.ts";
import { type ApiKey, type KeyRotation, keyRotationSchema, longestOverlapDays } from "../../model/api-key.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { changeBesideDocument } from "../apis/change-beside-document.ts";
import { subjectOf } from "../apis/write-api.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { getKeyRow } from "./find-key.ts";
import { newSecret } from "./new-secret.ts";

/**
 * Gives a consumer a new key in place of the present one, which stays good until the time that is given; both count
 * against one limit. A key that was being rotated already ends at once: two are active at most. `secret` is the new key,
 * shown this once. Problems: invalid, not-found, forbidden; conflict when the key has expired.
 */
export async function rotateApiKey(
  context: ServerContext,
  apiId: string,
  keyId: string,
  input: KeyRotation,
): Promise<{ key: ApiKey; secret: string }> {
  const permission = requirePermission(context, "api-key.rotate");
  const { previousEndsAt } = parseInput(keyRotationSchema, input);
  const now = context.now();
  refuseBeyond(previousEndsAt, now);
  const { secret, hash, prefix } = newSecret();
  const key = await changeBesideDocument(context, permission, apiId, async (tx, api) => {
    const before = await getKeyRow(tx, api.id, keyId);
    if (before.expiresAt && before.expiresAt <= now) {
      throw new Problem("conflict", "This key has expired: a new one in its place would have expired too. Create one.");
    }
    const previous = previousEndsAt
      ? { previousHash: before.hash, previousPrefix: before.prefix, previousEndsAt }
      : { previousHash: null, previousPrefix: null, previousEndsAt: null };
    const row = await tx.apiKey.update({ where: { id: before.id }, data: { hash, prefix, ...previous } });
    const detail = { key: row.name, keyType: row.keyType, previousEndsAt: previousEndsAt ?? now };
    await recordAudit(tx, context, { action: "api-key.rotate", ...subjectOf(api), detail });
    return apiKeyFromRow(row);
  });
  return { key, secret };
}

function refuseBeyond(endsAt: Date | undefined, now: Date): void {
  if (!endsAt) return;
  const latest = new Date(now.getTime() + longestOverlapDays * 86_400_000);
  if (endsAt > now && endsAt <= latest) return;
  const message = `The present key ends between now and ${longestOverlapDays} days from now; without a time, it ends at once.`;
  throw new Problem("invalid", message, [{ path: "previousEndsAt", message }]);
}
