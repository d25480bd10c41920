import "server-only";
import type { ActionResult } from "../../model/action-result.ts";
import { Problem } from "../../model/problem.ts";

/** Runs what a form asks for; a Problem becomes the form's answer, everything else is a fault and thrown on. */
export async function outcomeOf<Value>(work: () => Promise<Value>): Promise<ActionResult<Value>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ok: false, problem: { kind: error.kind, message: error.message, items: error.items } };
  }
}
