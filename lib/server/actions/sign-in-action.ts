"use server";

import { headers } from "next/headers";
import type { Credentials } from "../../model/account.ts";
import type { ActionResult } from "../../model/action-result.ts";
import type { SecondStep } from "../../model/second-factor.ts";
import { auth } from "../auth/auth.ts";
import { safeNext } from "../auth/safe-next.ts";
import { asksSecondFactor, takeSecondStep } from "../auth/second-factor.ts";
import { sendSessionCookie } from "../auth/session-cookie.ts";
import { signIn } from "../auth/sign-in.ts";
import { database } from "../database.ts";
import { outcomeOf } from "./outcome-of.ts";

/** Signs in; answers where to go then, or that a code is asked for. `next` is the path that was asked for, if any. */
export async function signInAction(
  credentials: Credentials,
  next?: string,
): Promise<ActionResult<{ next: string } | { asksCode: true }>> {
  return outcomeOf(async () => {
    const signedIn = await signIn(await visitor(), credentials);
    await sendSessionCookie(signedIn);
    return asksSecondFactor(signedIn) ? { asksCode: true } : { next: safeNext(next) };
  });
}

/** The second step, with a code. */
export async function secondStepAction(step: SecondStep, next?: string): Promise<ActionResult<{ next: string }>> {
  return outcomeOf(async () => {
    await sendSessionCookie(await takeSecondStep(await visitor(), step));
    return { next: safeNext(next) };
  });
}

async function visitor() {
  return { db: database(), auth: auth(), now: () => new Date(), headers: await headers() };
}
