"use server";

import type { ActionResult } from "../../model/action-result.ts";
import type { ApiKey, NewApiKey } from "../../model/api-key.ts";
import { parseInput } from "../../model/parse-input.ts";
import { createApiKey } from "../api-keys/create-api-key.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Create key: `secret` is the key itself, shown this once. */
export async function createApiKeyAction(
  apiId: string,
  input: NewApiKey,
): Promise<ActionResult<{ key: ApiKey; secret: string }>> {
  return runAction(async (context) => createApiKey(context, parseInput(idSchema, apiId), input));
}
