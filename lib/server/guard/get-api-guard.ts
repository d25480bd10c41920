import type { GuardSettings } from "../../model/guard.ts";
import { getApiRow } from "../apis/find-api.ts";
import type { ServerContext } from "../context.ts";
import { findGuardSettings } from "./guard-row.ts";

/** How publishes of an API are guarded. Problems: not-found, forbidden. */
export async function getApiGuard(context: ServerContext, apiId: string): Promise<GuardSettings> {
  const { id } = await getApiRow(context, context.db, apiId);
  return findGuardSettings(context.db, id);
}
