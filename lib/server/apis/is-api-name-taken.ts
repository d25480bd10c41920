import { isStorable } from "../../model/unstorable-text.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

/** Whether any API of the installation has this name, in whatever version. */
export async function isApiNameTaken(context: ServerContext, name: string): Promise<boolean> {
  requirePermission(context, "api.check-name");
  if (!isStorable(name)) return false;
  return (await context.db.api.findFirst({ where: { name }, select: { id: true } })) !== null;
}
