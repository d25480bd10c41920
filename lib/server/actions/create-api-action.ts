"use server";

import type { ActionResult } from "../../model/action-result.ts";
import type { Api } from "../../model/api.ts";
import type { NewApi } from "../../model/new-api.ts";
import { createApi } from "../apis/create-api.ts";
import { runAction } from "./run-action.ts";

/** Create, and Create & Publish. */
export async function createApiAction(input: NewApi): Promise<ActionResult<Api>> {
  return runAction((context) => createApi(context, input), "/apis");
}
