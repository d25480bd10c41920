"use server";

import type { ActionResult } from "../../model/action-result.ts";
import type { NewInvitation } from "../../model/invitation.ts";
import { parseInput } from "../../model/parse-input.ts";
import { invite, withdrawInvitation } from "../users/invitations.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Invites a person; `secret` is for the link, this once. */
export async function inviteAction(input: NewInvitation): Promise<ActionResult<{ secret: string }>> {
  return runAction(async (context) => ({ secret: (await invite(context, input)).secret }));
}

/** Withdraws an invitation. */
export async function withdrawInvitationAction(invitationId: string): Promise<ActionResult<void>> {
  return runAction((context) => withdrawInvitation(context, parseInput(idSchema, invitationId)));
}
