"use server";

import type { ActionResult } from "../../model/action-result.ts";
import { requireSession } from "../auth/page-context.ts";
import { revokeOtherSessions } from "../users/own-sessions.ts";
import { runAction } from "./run-action.ts";

/** Ends one's own sessions but this one. */
export async function revokeOtherSessionsAction(): Promise<ActionResult<{ ended: number }>> {
  return runAction(async (context) => revokeOtherSessions(context, (await requireSession()).id));
}
