import type { ApiListRequest } from "../../model/api-query.ts";
import { type ApiList, listApis } from "../apis/list-apis.ts";
import { requireAdmin, type ServerContext } from "../context.ts";

/** Every API of every publisher, searched and paged as {@link listApis}. Administrators only. */
export async function listStoredApis(context: ServerContext, request: ApiListRequest = {}): Promise<ApiList> {
  requireAdmin(context.actor);
  return listApis(context, request);
}
