"use server";

import type { ActionResult } from "../../model/action-result.ts";
import { parseInput } from "../../model/parse-input.ts";
import { resetUserPassword } from "../users/reset-user-password.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Gives a person a new password. */
export async function resetUserPasswordAction(userId: string, password: string): Promise<ActionResult<void>> {
  return runAction((context) => resetUserPassword(context, parseInput(idSchema, userId), password));
}
