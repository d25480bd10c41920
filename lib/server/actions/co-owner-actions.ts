"use server";

import { z } from "zod";
import type { ActionResult } from "../../model/action-result.ts";
import type { CoOwner, NewCoOwner } from "../../model/co-owner.ts";
import { parseInput } from "../../model/parse-input.ts";
import type { PossibleOwner } from "../../model/transfer.ts";
import { addCoOwner, listPossibleCoOwners, removeCoOwner } from "../apis/co-owners.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

const userIdSchema = z.string().min(1).max(64);

/** Who can become a co-owner. */
export async function listPossibleCoOwnersAction(apiId: string): Promise<ActionResult<PossibleOwner[]>> {
  return runAction((context) => listPossibleCoOwners(context, parseInput(idSchema, apiId)));
}

/** Make somebody a co-owner. */
export async function addCoOwnerAction(apiId: string, input: NewCoOwner): Promise<ActionResult<CoOwner>> {
  return runAction((context) => addCoOwner(context, parseInput(idSchema, apiId), input), `/apis/${apiId}/design`);
}

/** Take a co-owner away. */
export async function removeCoOwnerAction(apiId: string, userId: string): Promise<ActionResult<void>> {
  return runAction(
    (context) => removeCoOwner(context, parseInput(idSchema, apiId), parseInput(userIdSchema, userId)),
    `/apis/${apiId}/design`,
  );
}
