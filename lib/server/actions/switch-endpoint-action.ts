"use server";

import type { ActionResult } from "../../model/action-result.ts";
import type { SwitchRequest } from "../../model/endpoint-switch.ts";
import { parseInput } from "../../model/parse-input.ts";
import type { SwitchedEndpoint } from "../apis/list-endpoint-switches.ts";
import { switchEndpoint } from "../apis/switch-endpoint.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Switch off, Switch on, Drain. */
export async function switchEndpointAction(
  apiId: string,
  request: SwitchRequest,
): Promise<ActionResult<SwitchedEndpoint>> {
  return runAction((context) => switchEndpoint(context, parseInput(idSchema, apiId), request));
}
