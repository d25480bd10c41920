"use server";

import type { UserRole } from "../../model/account.ts";
import type { ActionResult } from "../../model/action-result.ts";
import { parseInput } from "../../model/parse-input.ts";
import { setUserRole } from "../users/set-user-role.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Gives a person a role, unless they have another one by now than the one that was seen. */
export async function setUserRoleAction(
  userId: string,
  role: UserRole,
  seenRole?: UserRole,
): Promise<ActionResult<void>> {
  return runAction((context) => setUserRole(context, parseInput(idSchema, userId), role, seenRole));
}
