"use server";

import type { ActionResult } from "../../model/action-result.ts";
import { parseInput } from "../../model/parse-input.ts";
import type { PossibleOwner, Transfer } from "../../model/transfer.ts";
import { listPossibleOwners, transferApi } from "../apis/transfer-api.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** Give an API to somebody else. Answers with the name of its owner from now on. */
export async function transferApiAction(apiId: string, input: Transfer): Promise<ActionResult<string>> {
  return runAction(
    async (context) => (await transferApi(context, parseInput(idSchema, apiId), input)).owner.name,
    "/apis",
  );
}

/** To whom it can be given. */
export async function listPossibleOwnersAction(apiId: string): Promise<ActionResult<PossibleOwner[]>> {
  return runAction((context) => listPossibleOwners(context, parseInput(idSchema, apiId)));
}
