import { normalizedContext } from "../../model/api-naming.ts";
import { isStorable } from "../../model/unstorable-text.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

/** Whether any API of the installation has this context; the leading slash may be missing. */
export async function isContextTaken(context: ServerContext, apiContext: string): Promise<boolean> {
  requirePermission(context, "api.check-context");
  if (!isStorable(apiContext)) return false;
  return (
    (await context.db.api.findFirst({ where: { context: normalizedContext(apiContext) }, select: { id: true } })) !==
    null
  );
}
