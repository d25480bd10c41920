"use server";

import { z } from "zod";
import type { ActionResult } from "../../model/action-result.ts";
import { type KeyType, keyTypes } from "../../model/endpoint-config.ts";
import { parseInput } from "../../model/parse-input.ts";
import { generateTryOutKey, type TryOutKey } from "../api-keys/generate-try-out-key.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** A short-lived key for trying the API out. */
export async function generateTryOutKeyAction(apiId: string, keyType: KeyType): Promise<ActionResult<TryOutKey>> {
  return runAction(async (context) =>
    generateTryOutKey(context, parseInput(idSchema, apiId), parseInput(z.enum(keyTypes), keyType)),
  );
}
