"use server";

import type { ActionResult } from "../../model/action-result.ts";
import type { Api } from "../../model/api.ts";
import { deploySampleApi } from "../apis/deploy-sample-api.ts";
import { runAction } from "./run-action.ts";

/** Deploy sample API. */
export async function deploySampleApiAction(): Promise<ActionResult<Api>> {
  return runAction((context) => deploySampleApi(context), "/apis");
}
