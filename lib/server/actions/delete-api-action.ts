"use server";

import type { ActionResult } from "../../model/action-result.ts";
import { parseInput } from "../../model/parse-input.ts";
import { deleteApi } from "../apis/delete-api.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Delete, after the person confirmed it. */
export async function deleteApiAction(apiId: string): Promise<ActionResult<void>> {
  return runAction(async (context) => deleteApi(context, parseInput(idSchema, apiId)), "/apis");
}
