import { apiFromRow } from "../../db/api-row.ts";
import type { Api } from "../../model/api.ts";
import type { ServerContext } from "../context.ts";
import { getApiRow } from "./find-api.ts";
import { visibleApi } from "./write-api.ts";

/** An API, without the secrets of its endpoints. Problems: not-found, forbidden. */
export async function getApi(context: ServerContext, id: string): Promise<Api> {
  return visibleApi(apiFromRow(await getApiRow(context, context.db, id)));
}
