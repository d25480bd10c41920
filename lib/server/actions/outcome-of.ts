import "server-only";
import { randomUUID } from "node:crypto";
import { unstable_rethrow } from "next/navigation";
import type { ActionResult } from "../../model/action-result.ts";
import { Problem } from "../../model/problem.ts";
import { log } from "../log.ts";

/**
 * Runs what a form asks for and answers in the way forms read. An expected failure is told as it is; anything else gets
 * an id that is also in the log, and nothing internal.
 */
export async function outcomeOf<Value>(work: () => Promise<Value>): Promise<ActionResult<Value>> {
  try {
    return { ok: true, value: await work() };
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
