import "server-only";
import { revalidatePath } from "next/cache";
import type { ActionResult } from "../../model/action-result.ts";
import { requireActionContext } from "../auth/page-context.ts";
import type { ServerContext } from "../context.ts";
import { outcomeOf } from "./outcome-of.ts";

/**
 * Runs a form action for whoever is signed in.
 *
 * @param changedPath pages from here on down are rendered anew after success
 */
export async function runAction<Value>(
  work: (context: ServerContext) => Promise<Value>,
  changedPath?: string,
): Promise<ActionResult<Value>> {
  return outcomeOf(async () => {
    const value = await work(await requireActionContext());
    if (changedPath !== undefined) revalidatePath(changedPath, "layout");
    return value;
  });
}
