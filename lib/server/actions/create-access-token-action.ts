"use server";

import type { AccessToken, NewAccessToken } from "../../model/account.ts";
import type { ActionResult } from "../../model/action-result.ts";
import { createAccessToken } from "../users/access-tokens.ts";
import { runAction } from "./run-action.ts";

/** Creates one of one's own tokens; `secret` is shown this once. */
export async function createAccessTokenAction(
  input: NewAccessToken,
): Promise<ActionResult<{ token: AccessToken; secret: string }>> {
  return runAction((context) => createAccessToken(context, input));
}
