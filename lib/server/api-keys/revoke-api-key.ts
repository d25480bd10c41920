import { changeBesideDocument } from "../apis/change-beside-document.ts";
import { subjectOf } from "../apis/write-api.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { getKeyRow } from "./find-key.ts";

/** Takes a consumer's key away; gateways refuse it from then on. Problems: not-found (API or key), forbidden. */
export async function revokeApiKey(context: ServerContext, apiId: string, keyId: string): Promise<void> {
  const permission = requirePermission(context, "api-key.revoke");
  await changeBesideDocument(context, permission, apiId, async (tx, api) => {
    const key = await getKeyRow(tx, api.id, keyId);
    await tx.apiKey.delete({ where: { id: key.id } });
    const detail = { key: key.name, keyType: key.keyType };
    await recordAudit(tx, context, { action: "api-key.revoke", ...subjectOf(api), detail });
  });
}
