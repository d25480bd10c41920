"use server";

import type { ActionResult } from "../../model/action-result.ts";
import { parseInput } from "../../model/parse-input.ts";
import { restoreDeletedApi } from "../apis/restore-deleted-api.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Brings a deleted API back. */
export async function restoreDeletedApiAction(apiId: string): Promise<ActionResult<void>> {
  return runAction(async (context) => {
    await restoreDeletedApi(context, parseInput(idSchema, apiId));
  }, "/apis");
}
