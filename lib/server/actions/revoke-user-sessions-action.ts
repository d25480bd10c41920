"use server";

import type { ActionResult } from "../../model/action-result.ts";
import { parseInput } from "../../model/parse-input.ts";
import { revokeUserSessions } from "../users/revoke-user-sessions.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Ends every session of a person. */
export async function revokeUserSessionsAction(userId: string): Promise<ActionResult<{ ended: number }>> {
  return runAction((context) => revokeUserSessions(context, parseInput(idSchema, userId)));
}
