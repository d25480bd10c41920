import { apiKeyFromRow } from "../../db/api-key-row.ts";
import type { ApiKey } from "../../model/api-key.ts";
import { getApiRow } from "../apis/find-api.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

/** A consumer's key, and who made it; null when they have no account any more. */
export type StoredKey = ApiKey & { createdBy: string | null };

/** Most keys of one API that are shown. */
const mostKeys = 500;

/** Who holds keys of an API, the newest first. Administrators only. Problems: not-found, forbidden. */
export async function listStoredKeys(context: ServerContext, apiId: string): Promise<StoredKey[]> {
  const permission = requirePermission(context, "stored-api.read");
  const { id } = await getApiRow(permission, context.db, apiId);
  const rows = await context.db.apiKey.findMany({ where: { apiId: id }, orderBy: { id: "desc" }, take: mostKeys });
  const makers = await context.db.user.findMany({
    where: { id: { in: [...new Set(rows.map(({ createdBy }) => createdBy))] } },
    select: { id: true, name: true },
  });
  const names = new Map(makers.map((maker) => [maker.id, maker.name]));
  return rows.map((row) => ({ ...apiKeyFromRow(row), createdBy: names.get(row.createdBy) ?? null }));
}
