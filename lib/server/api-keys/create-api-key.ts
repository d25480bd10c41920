import { apiKeyFromRow } from "../../db/api-key-row.ts";
import type { Transaction } from "../../db/client.ts";
import { type ApiKey, type NewApiKey, newApiKeySchema } from "../../model/api-key.ts";
import type { KeyType } from "../../model/endpoint-config.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { changeBesideDocument } from "../apis/change-beside-document.ts";
import { subjectOf } from "../apis/write-api.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { requireTier } from "../rate-tiers/require-tier.ts";
import { newSecret } from "./new-secret.ts";

/** Most keys of one API: every gateway holds all of them in memory. */
const maxKeys = 1_000;

/**
 * Makes a consumer's key. `secret` is the key itself: this is the only time it exists outside the consumer's hands.
 * Problems: invalid, not-found, forbidden; conflict at `name`.
 */
export async function createApiKey(
  context: ServerContext,
  apiId: string,
  input: NewApiKey,
): Promise<{ key: ApiKey; secret: string }> {
  const permission = requirePermission(context, "api-key.create");
  const { name, keyType, expiresAt, rateTier = null } = parseInput(newApiKeySchema, input);
  refusePast(expiresAt, context.now());
  const { secret, hash, prefix } = newSecret();
  const key = await changeBesideDocument(context, permission, apiId, async (tx, api) => {
    await refuseTaken(tx, { apiId: api.id, name, keyType });
    await requireTier(tx, rateTier, "rateTier");
    const row = await tx.apiKey.create({
      data: {
        apiId: api.id,
        name,
        keyType,
        hash,
        prefix,
        rateTier,
        expiresAt: expiresAt ?? null,
        createdBy: context.actor.id,
        createdAt: context.now(),
      },
    });
    const detail = { key: name, keyType, expiresAt: expiresAt ?? null, ...(rateTier !== null && { rateTier }) };
    await recordAudit(tx, context, { action: "api-key.create", ...subjectOf(api), detail });
    return apiKeyFromRow(row);
  });
  return { key, secret };
}

function refusePast(expiresAt: Date | undefined, now: Date): void {
  if (!expiresAt || expiresAt > now) return;
  const message = "The expiry has to be in the future.";
  throw new Problem("invalid", message, [{ path: "expiresAt", message }]);
}

async function refuseTaken(tx: Transaction, wanted: { apiId: string; name: string; keyType: KeyType }): Promise<void> {
  const { apiId, name, keyType } = wanted;
  const taken = await tx.apiKey.findUnique({ where: { apiId_name_keyType: wanted }, select: { id: true } });
  if (taken) {
    const message = `This API has a ${keyType} key named ${name} already.`;
    throw new Problem("conflict", message, [{ path: "name", message }]);
  }
  if ((await tx.apiKey.count({ where: { apiId } })) >= maxKeys) {
    throw new Problem("conflict", `An API has at most ${maxKeys} keys. Revoke those that are no longer used.`);
  }
}
