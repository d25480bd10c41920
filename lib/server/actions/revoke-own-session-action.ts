"use server";

import type { ActionResult } from "../../model/action-result.ts";
import { parseInput } from "../../model/parse-input.ts";
import { revokeOwnSession } from "../users/own-sessions.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Ends one of one's own sessions. */
export async function revokeOwnSessionAction(sessionId: string): Promise<ActionResult<void>> {
  return runAction((context) => revokeOwnSession(context, parseInput(idSchema, sessionId)));
}
