import "server-only";
import { randomUUID } from "node:crypto";
import { revalidatePath } from "next/cache";
import { unstable_rethrow } from "next/navigation";
import type { ActionResult } from "../../model/action-result.ts";
import { Problem } from "../../model/problem.ts";
import { requireActionContext } from "../auth/page-context.ts";
import type { ServerContext } from "../context.ts";
import { log } from "../log.ts";

/**
 * Runs a form action for whoever is signed in and answers in the way forms read. An expected failure is told as it is;
 * anything else gets an id that is also in the log, and nothing internal.
 *
 * @param changedPath pages from here on down are rendered anew after success
 */
export async function runAction<Value>(
  work: (context: ServerContext) => Promise<Value>,
  changedPath?: string,
): Promise<ActionResult<Value>> {
  try {
    const value = await work(await requireActionContext());
    if (changedPath !== undefined) revalidatePath(changedPath, "layout");
    return { ok: true, value };
  } catch (error) {
    unstable_rethrow(error); // Redirects of Next.js travel as errors.
    if (error instanceof Problem) {
      return { ok: false, problem: { kind: error.kind, message: error.message, items: error.items } };
    }
    const id = randomUUID();
    log.error({ err: error, id }, "A form action failed");
    const message = `Something went wrong on our side, and nothing was saved. Try again; if it stays, tell your administrator the number ${id}.`;
    return { ok: false, problem: { kind: "unexpected", message, items: [] } };
  }
}
