"use server";

import { headers } from "next/headers";
import type { Credentials } from "../../model/account.ts";
import type { ActionResult } from "../../model/action-result.ts";
import { auth } from "../auth/auth.ts";
import { safeNext } from "../auth/safe-next.ts";
import { sendSessionCookie } from "../auth/session-cookie.ts";
import { signIn } from "../auth/sign-in.ts";
import { database } from "../database.ts";
import { outcomeOf } from "./outcome-of.ts";

/** Signs in; answers where to go then. `next` is the path that was asked for, if any. */
export async function signInAction(credentials: Credentials, next?: string): Promise<ActionResult<{ next: string }>> {
  return outcomeOf(async () => {
    const context = { db: database(), auth: auth(), now: () => new Date(), headers: await headers() };
    await sendSessionCookie(await signIn(context, credentials));
    return { next: safeNext(next) };
  });
}
