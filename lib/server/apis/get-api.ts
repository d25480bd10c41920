import { apiFromRow } from "../../db/api-row.ts";
import type { Api } from "../../model/api.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { getApiRow } from "./find-api.ts";
import { visibleApi } from "./write-api.ts";

/** An API, without the secrets of its endpoints. Problems: not-found, forbidden. */
export async function getApi(context: ServerContext, id: string): Promise<Api> {
  const permission = requirePermission(context, "api.read");
  return visibleApi(apiFromRow(await getApiRow(permission, context.db, id)));
}
