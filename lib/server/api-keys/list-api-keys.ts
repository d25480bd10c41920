import { apiKeyFromRow } from "../../db/api-key-row.ts";
import type { ApiKey } from "../../model/api-key.ts";
import { getApiRow } from "../apis/find-api.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

/** The consumers' keys of an API, the newest first, expired ones too. Problems: not-found, forbidden. */
export async function listApiKeys(context: ServerContext, apiId: string): Promise<ApiKey[]> {
  const permission = requirePermission(context, "api-key.list");
  const { id } = await getApiRow(permission, context.db, apiId);
  const rows = await context.db.apiKey.findMany({ where: { apiId: id }, orderBy: { id: "desc" } });
  return rows.map(apiKeyFromRow);
}
