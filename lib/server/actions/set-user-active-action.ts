"use server";

import type { ActionResult } from "../../model/action-result.ts";
import { parseInput } from "../../model/parse-input.ts";
import { setUserActive } from "../users/set-user-active.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Deactivates a person, or lets them in again. */
export async function setUserActiveAction(userId: string, active: boolean): Promise<ActionResult<void>> {
  return runAction((context) => setUserActive(context, parseInput(idSchema, userId), active));
}
