"use server";

import { headers } from "next/headers";
import type { ActionResult } from "../../model/action-result.ts";
import { parseInput } from "../../model/parse-input.ts";
import { beginActing, endActing } from "../admin/act-on-behalf.ts";
import { auth } from "../auth/auth.ts";
import { sendSessionCookie } from "../auth/session-cookie.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Begins to act on a person's behalf. */
export async function beginActingAction(userId: string): Promise<ActionResult<void>> {
  return runAction(async (context) => {
    const change = { auth: auth(), headers: await headers() };
    await sendSessionCookie(await beginActing(context, change, parseInput(idSchema, userId)));
  });
}

/** Goes back to being oneself. */
export async function endActingAction(): Promise<ActionResult<void>> {
  return runAction(async (context) => {
    await sendSessionCookie(await endActing(context, { auth: auth(), headers: await headers() }));
  });
}
