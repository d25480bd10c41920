"use server";

import type { ActionResult } from "../../model/action-result.ts";
import { parseInput } from "../../model/parse-input.ts";
import { type ApiLiveState, getApiLiveState } from "../gateways/get-api-live-state.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** "Live on 2 of 2 gateways", asked again after a SAVE until it is true. */
export async function getApiLiveStateAction(apiId: string): Promise<ActionResult<ApiLiveState>> {
  return runAction(async (context) => getApiLiveState(context, parseInput(idSchema, apiId)));
}
