"use server";

import type { ActionResult } from "../../model/action-result.ts";
import { requireActionContext } from "../auth/page-context.ts";
import { setUserActive } from "../users/set-user-active.ts";
import { outcomeOf } from "./outcome-of.ts";

/** Deactivates a person, or lets them in again. */
export async function setUserActiveAction(userId: string, active: boolean): Promise<ActionResult<void>> {
  return outcomeOf(async () => setUserActive(await requireActionContext(), userId, active));
}
