"use server";

import type { ActionResult } from "../../model/action-result.ts";
import type { KeySetCheck, KeySetCheckRequest, TokenTest, TokenTestRequest } from "../../model/token-check.ts";
import { checkKeySet } from "../tokens/check-key-set.ts";
import { testToken } from "../tokens/test-token.ts";
import { runAction } from "./run-action.ts";

/** "Check" at the JWKS URL. It informs and saves nothing. */
export async function checkKeySetAction(request: KeySetCheckRequest): Promise<ActionResult<KeySetCheck>> {
  return runAction((context) => checkKeySet(context, request));
}

/** "Test" of a pasted token. It goes in the body of a request to the publisher, and is nowhere kept. */
export async function testTokenAction(request: TokenTestRequest): Promise<ActionResult<TokenTest>> {
  return runAction((context) => testToken(context, request));
}
