"use server";

import type { UserRole } from "../../model/account.ts";
import type { ActionResult } from "../../model/action-result.ts";
import { requireActionContext } from "../auth/page-context.ts";
import { setUserRole } from "../users/set-user-role.ts";
import { outcomeOf } from "./outcome-of.ts";

/** Makes a person an administrator or a publisher. */
export async function setUserRoleAction(userId: string, role: UserRole): Promise<ActionResult<void>> {
  return outcomeOf(async () => setUserRole(await requireActionContext(), userId, role));
}
