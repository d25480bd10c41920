"use server";

import type { UserRole } from "../../model/account.ts";
import type { ActionResult } from "../../model/action-result.ts";
import { parseInput } from "../../model/parse-input.ts";
import { setUserRole } from "../users/set-user-role.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Makes a person an administrator or a publisher. */
export async function setUserRoleAction(userId: string, role: UserRole): Promise<ActionResult<void>> {
  return runAction((context) => setUserRole(context, parseInput(idSchema, userId), role));
}
