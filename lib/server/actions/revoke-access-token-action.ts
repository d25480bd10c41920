"use server";

import type { ActionResult } from "../../model/action-result.ts";
import { requireActionContext } from "../auth/page-context.ts";
import { revokeAccessToken } from "../users/access-tokens.ts";
import { outcomeOf } from "./outcome-of.ts";

/** Revokes one of one's own tokens. */
export async function revokeAccessTokenAction(tokenId: string): Promise<ActionResult<void>> {
  return outcomeOf(async () => revokeAccessToken(await requireActionContext(), tokenId));
}
