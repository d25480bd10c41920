"use server";

import type { ActionResult } from "../../model/action-result.ts";
import { requireActionContext } from "../auth/page-context.ts";
import { revokeUserSessions } from "../users/revoke-user-sessions.ts";
import { outcomeOf } from "./outcome-of.ts";

/** Ends every session of a person. */
export async function revokeUserSessionsAction(userId: string): Promise<ActionResult<{ ended: number }>> {
  return outcomeOf(async () => revokeUserSessions(await requireActionContext(), userId));
}
