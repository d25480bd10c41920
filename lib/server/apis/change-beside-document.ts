import type { ApiRow } from "../../db/api-row.ts";
import type { Transaction } from "../../db/client.ts";
import { changeConfiguration } from "../change-configuration.ts";
import type { ServerContext } from "../context.ts";
import type { Permission } from "../permission/require-permission.ts";
import { getApiRow } from "./find-api.ts";

/**
 * Runs a change of what belongs to an API beside its document, such as keys. Gateways have to hear of it, so the API's changeRevision moves; its document does not
 * change, so its revision stays and nobody's open form becomes stale. Problems: not-found, forbidden.
 */
export function changeBesideDocument<Value>(
  context: ServerContext,
  permission: Permission,
  apiId: string,
  work: (tx: Transaction, api: ApiRow) => Promise<Value>,
): Promise<Value> {
  return changeConfiguration(context, async (tx, revision) => {
    const api = await getApiRow(permission, tx, apiId);
    const value = await work(tx, api);
    await tx.api.update({ where: { id: api.id }, data: { changeRevision: revision, updatedAt: api.updatedAt } });
    return value;
  });
}
