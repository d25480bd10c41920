"use server";

import { z } from "zod";
import type { ActionResult } from "../../model/action-result.ts";
import { parseInput } from "../../model/parse-input.ts";
import { isApiNameTaken } from "../apis/is-api-name-taken.ts";
import { runAction } from "./run-action.ts";

/** Whether a name is taken, told while it is typed. */
export async function isApiNameTakenAction(name: string): Promise<ActionResult<boolean>> {
  return runAction(async (context) => isApiNameTaken(context, parseInput(z.string().max(200), name)));
}
