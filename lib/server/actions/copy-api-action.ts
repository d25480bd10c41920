"use server";

import type { ActionResult } from "../../model/action-result.ts";
import type { Api } from "../../model/api.ts";
import type { NewApiVersion } from "../../model/new-api.ts";
import { parseInput } from "../../model/parse-input.ts";
import { copyApi } from "../apis/copy-api.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Create New Version. */
export async function copyApiAction(apiId: string, input: NewApiVersion): Promise<ActionResult<Api>> {
  return runAction(async (context) => copyApi(context, parseInput(idSchema, apiId), input), "/apis");
}
