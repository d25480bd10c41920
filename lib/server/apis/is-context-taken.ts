import { normalizedContext } from "../../model/api-naming.ts";
import { isStorable } from "../../model/unstorable-text.ts";
import type { ServerContext } from "../context.ts";

/** Whether any API of the installation has this context; the leading slash may be missing. */
export async function isContextTaken({ db }: ServerContext, context: string): Promise<boolean> {
  if (!isStorable(context)) return false;
  return (await db.api.findFirst({ where: { context: normalizedContext(context) }, select: { id: true } })) !== null;
}
