"use server";

import type { AccessToken, NewAccessToken } from "../../model/account.ts";
import type { ActionResult } from "../../model/action-result.ts";
import { requireActionContext } from "../auth/page-context.ts";
import { createAccessToken } from "../users/access-tokens.ts";
import { outcomeOf } from "./outcome-of.ts";

/** Creates one of one's own tokens; `secret` is shown this once. */
export async function createAccessTokenAction(
  input: NewAccessToken,
): Promise<ActionResult<{ token: AccessToken; secret: string }>> {
  return outcomeOf(async () => createAccessToken(await requireActionContext(), input));
}
