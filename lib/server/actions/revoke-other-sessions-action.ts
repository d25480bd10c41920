"use server";

import type { ActionResult } from "../../model/action-result.ts";
import { requireActionContext, requireSession } from "../auth/page-context.ts";
import { revokeOtherSessions } from "../users/own-sessions.ts";
import { outcomeOf } from "./outcome-of.ts";

/** Ends one's own sessions but this one. */
export async function revokeOtherSessionsAction(): Promise<ActionResult<{ ended: number }>> {
  return outcomeOf(async () => revokeOtherSessions(await requireActionContext(), (await requireSession()).id));
}
