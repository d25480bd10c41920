"use server";

import { headers } from "next/headers";
import type { ActionResult } from "../../model/action-result.ts";
import { parseInput } from "../../model/parse-input.ts";
import type { SecondFactorSetup } from "../../model/second-factor.ts";
import { auth } from "../auth/auth.ts";
import { clientAddress } from "../auth/client-address.ts";
import { sendSessionCookie } from "../auth/session-cookie.ts";
import {
  beginSecondFactor,
  confirmSecondFactor,
  type OwnSession,
  removeSecondFactor,
  renewRecoveryCodes,
  resetUserSecondFactor,
} from "../users/second-factor.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Begins to set up one's second factor. */
export async function beginSecondFactorAction(password: string): Promise<ActionResult<SecondFactorSetup>> {
  return runAction(async (context) => beginSecondFactor(context, await ownSession(), String(password)));
}

/** Confirms it by a code. */
export async function confirmSecondFactorAction(code: string): Promise<ActionResult<void>> {
  return runAction(async (context) => {
    await sendSessionCookie(await confirmSecondFactor(context, await ownSession(), code));
  });
}

/** Takes one's second factor away. */
export async function removeSecondFactorAction(password: string): Promise<ActionResult<void>> {
  return runAction(async (context) => {
    await sendSessionCookie(await removeSecondFactor(context, await ownSession(), String(password)));
  });
}

/** Makes new recovery codes. */
export async function renewRecoveryCodesAction(password: string): Promise<ActionResult<readonly string[]>> {
  return runAction(async (context) => renewRecoveryCodes(context, await ownSession(), String(password)));
}

/** Takes a person's second factor away. */
export async function resetUserSecondFactorAction(userId: string): Promise<ActionResult<void>> {
  return runAction((context) => resetUserSecondFactor(context, parseInput(idSchema, userId)));
}

async function ownSession(): Promise<OwnSession> {
  const sent = await headers();
  return { auth: auth(), headers: sent, address: clientAddress(sent) };
}
