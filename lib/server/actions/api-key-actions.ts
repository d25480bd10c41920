"use server";

import type { ActionResult } from "../../model/action-result.ts";
import type { ApiKey, KeyChanges, KeyRotation } from "../../model/api-key.ts";
import { parseInput } from "../../model/parse-input.ts";
import { changeApiKey } from "../api-keys/change-api-key.ts";
import { rotateApiKey } from "../api-keys/rotate-api-key.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Rotate: `secret` is the new key, shown this once. */
export async function rotateApiKeyAction(
  apiId: string,
  keyId: string,
  input: KeyRotation,
): Promise<ActionResult<{ key: ApiKey; secret: string }>> {
  return runAction(async (context) =>
    rotateApiKey(context, parseInput(idSchema, apiId), parseInput(idSchema, keyId), input),
  );
}

/** Gives a key another rate limit. */
export async function changeApiKeyAction(
  apiId: string,
  keyId: string,
  input: KeyChanges,
): Promise<ActionResult<ApiKey>> {
  return runAction(async (context) =>
    changeApiKey(context, parseInput(idSchema, apiId), parseInput(idSchema, keyId), input),
  );
}
