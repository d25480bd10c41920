import type { GuardSettings } from "../../model/guard.ts";
import { getApiRow } from "../apis/find-api.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { findGuardSettings } from "./guard-row.ts";

/** How publishes of an API are guarded. Problems: not-found, forbidden. */
export async function getApiGuard(context: ServerContext, apiId: string): Promise<GuardSettings> {
  const permission = requirePermission(context, "guard.read");
  const { id } = await getApiRow(permission, context.db, apiId);
  return findGuardSettings(context.db, id);
}
