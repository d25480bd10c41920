"use server";

import { z } from "zod";
import type { ActionResult } from "../../model/action-result.ts";
import { parseInput } from "../../model/parse-input.ts";
import { isContextTaken } from "../apis/is-context-taken.ts";
import { runAction } from "./run-action.ts";

/** Whether a context is taken, told while it is typed. */
export async function isContextTakenAction(apiContext: string): Promise<ActionResult<boolean>> {
  return runAction(async (context) => isContextTaken(context, parseInput(z.string().max(500), apiContext)));
}
