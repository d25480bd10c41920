"use server";

import type { ActionResult } from "../../model/action-result.ts";
import { parseInput } from "../../model/parse-input.ts";
import { revokeApiKey } from "../api-keys/revoke-api-key.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Revoke, after the person confirmed it. */
export async function revokeApiKeyAction(apiId: string, keyId: string): Promise<ActionResult<void>> {
  return runAction(async (context) => revokeApiKey(context, parseInput(idSchema, apiId), parseInput(idSchema, keyId)));
}
