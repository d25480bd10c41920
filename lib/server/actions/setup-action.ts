"use server";

import { headers } from "next/headers";
import type { FirstAdministrator } from "../../model/account.ts";
import type { ActionResult } from "../../model/action-result.ts";
import { auth } from "../auth/auth.ts";
import { sendSessionCookie } from "../auth/session-cookie.ts";
import { signIn } from "../auth/sign-in.ts";
import { database } from "../database.ts";
import { publisherEnvironment } from "../env.ts";
import { createFirstAdministrator } from "../users/first-administrator.ts";
import { outcomeOf } from "./outcome-of.ts";

/** The first visit: creates the first administrator and signs them in; answers where to go then. */
export async function setupAction(input: FirstAdministrator): Promise<ActionResult<{ next: string }>> {
  return outcomeOf(async () => {
    const db = database();
    const now = () => new Date();
    const { email } = await createFirstAdministrator({ db, secret: publisherEnvironment().secret, now }, input);
    const context = { db, auth: auth(), now, headers: await headers() };
    await sendSessionCookie(await signIn(context, { email, password: input.password }));
    return { next: "/apis" };
  });
}
