"use server";

import { headers } from "next/headers";
import type { ActionResult } from "../../model/action-result.ts";
import type { AcceptedInvitation, InvitationWelcome } from "../../model/invitation.ts";
import { auth } from "../auth/auth.ts";
import { requestOrigin } from "../auth/request-origin.ts";
import { sendSessionCookie } from "../auth/session-cookie.ts";
import { signIn } from "../auth/sign-in.ts";
import { database } from "../database.ts";
import { publisherEnvironment } from "../env.ts";
import { acceptInvitation, findInvitation } from "../users/accept-invitation.ts";
import { outcomeOf } from "./outcome-of.ts";

/** What the link that somebody opened leads to. */
export async function findInvitationAction(secret: string): Promise<ActionResult<InvitationWelcome>> {
  return outcomeOf(async () => findInvitation(await visitor(), String(secret)));
}

/** Makes an account of an invitation and signs in; answers where to go then. */
export async function acceptInvitationAction(input: AcceptedInvitation): Promise<ActionResult<{ next: string }>> {
  return outcomeOf(async () => {
    const context = await visitor();
    const { email } = await acceptInvitation(context, input);
    const signedIn = { db: context.db, auth: auth(), now: context.now, headers: await headers() };
    await sendSessionCookie(await signIn(signedIn, { email, password: input.password }));
    return { next: "/apis" };
  });
}

async function visitor() {
  const sent = await headers();
  const origin = requestOrigin(sent, "invitation");
  const { address } = origin;
  return { db: database(), secret: publisherEnvironment().secret, now: () => new Date(), origin, address };
}
