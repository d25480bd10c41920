import { isStorable } from "../../model/unstorable-text.ts";
import type { ServerContext } from "../context.ts";

/** Whether any API of the installation has this name, in whatever version. */
export async function isApiNameTaken({ db }: ServerContext, name: string): Promise<boolean> {
  if (!isStorable(name)) return false;
  return (await db.api.findFirst({ where: { name }, select: { id: true } })) !== null;
}
