import { isStorable } from "../../model/unstorable-text.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

/** Whether any API of the installation has this name and this version. */
export async function isVersionTaken(context: ServerContext, name: string, version: string): Promise<boolean> {
  requirePermission(context, "api.check-name");
  if (!isStorable(name) || !isStorable(version)) return false;
  const where = { name_version: { name, version } };
  return (await context.db.api.findUnique({ where, select: { id: true } })) !== null;
}
