"use server";

import type { ActionResult } from "../../model/action-result.ts";
import { requireActionContext } from "../auth/page-context.ts";
import { resetUserPassword } from "../users/reset-user-password.ts";
import { outcomeOf } from "./outcome-of.ts";

/** Gives a person a new password. */
export async function resetUserPasswordAction(userId: string, password: string): Promise<ActionResult<void>> {
  return outcomeOf(async () => resetUserPassword(await requireActionContext(), userId, password));
}
