import { apiKeyFromRow } from "../../db/api-key-row.ts";
import { type ApiKey, type KeyChanges, keyChangesSchema } from "../../model/api-key.ts";
import { parseInput } from "../../model/parse-input.ts";
import { changeBesideDocument } from "../apis/change-beside-document.ts";
import { subjectOf } from "../apis/write-api.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { requireTier } from "../rate-tiers/require-tier.ts";
import { getKeyRow } from "./find-key.ts";

/** Gives a key another rate limit. Problems: invalid, not-found, forbidden. */
export async function changeApiKey(
  context: ServerContext,
  apiId: string,
  keyId: string,
  input: KeyChanges,
): Promise<ApiKey> {
  const permission = requirePermission(context, "api-key.change");
  const { rateTier } = parseInput(keyChangesSchema, input);
  return changeBesideDocument(context, permission, apiId, async (tx, api) => {
    const before = await getKeyRow(tx, api.id, keyId);
    await requireTier(tx, rateTier, "rateTier");
    const row = await tx.apiKey.update({ where: { id: before.id }, data: { rateTier } });
    const detail = { key: row.name, keyType: row.keyType, before: before.rateTier, after: rateTier };
    await recordAudit(tx, context, { action: "api-key.change", ...subjectOf(api), detail });
    return apiKeyFromRow(row);
  });
}
