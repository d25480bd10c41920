"use server";

import type { ActionResult } from "../../model/action-result.ts";
import type { GuardSettings } from "../../model/guard.ts";
import { parseInput } from "../../model/parse-input.ts";
import { setApiGuard } from "../guard/set-api-guard.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** SAVE of the guard's settings. */
export async function setApiGuardAction(apiId: string, settings: GuardSettings): Promise<ActionResult<GuardSettings>> {
  return runAction(async (context) => setApiGuard(context, parseInput(idSchema, apiId), settings), "/apis");
}
