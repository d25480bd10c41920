"use server";

import type { ActionResult } from "../../model/action-result.ts";
import type { EndpointCheck, EndpointCheckRequest } from "../../model/endpoint-check.ts";
import { checkEndpoint } from "../apis/check-endpoint.ts";
import { runAction } from "./run-action.ts";

/** The tick "Check endpoint status". It informs and saves nothing. */
export async function checkEndpointAction(request: EndpointCheckRequest): Promise<ActionResult<EndpointCheck>> {
  return runAction((context) => checkEndpoint(context, request));
}
