"use server";

import type { ActionResult } from "../../model/action-result.ts";
import { requireActionContext } from "../auth/page-context.ts";
import { revokeOwnSession } from "../users/own-sessions.ts";
import { outcomeOf } from "./outcome-of.ts";

/** Ends one of one's own sessions. */
export async function revokeOwnSessionAction(sessionId: string): Promise<ActionResult<void>> {
  return outcomeOf(async () => revokeOwnSession(await requireActionContext(), sessionId));
}
