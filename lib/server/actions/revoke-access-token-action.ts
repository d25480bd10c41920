"use server";

import type { ActionResult } from "../../model/action-result.ts";
import { parseInput } from "../../model/parse-input.ts";
import { revokeAccessToken } from "../users/access-tokens.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Revokes one of one's own tokens. */
export async function revokeAccessTokenAction(tokenId: string): Promise<ActionResult<void>> {
  return runAction((context) => revokeAccessToken(context, parseInput(idSchema, tokenId)));
}
