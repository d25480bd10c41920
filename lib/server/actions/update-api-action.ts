"use server";

import { z } from "zod";
import type { ActionResult } from "../../model/action-result.ts";
import type { Api } from "../../model/api.ts";
import type { ApiChanges } from "../../model/api-changes.ts";
import { parseInput } from "../../model/parse-input.ts";
import { updateApi } from "../apis/update-api.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** SAVE of any page of an API, against the revision the form was filled from; `comment` says why, for the history. */
export async function updateApiAction(
  apiId: string,
  changes: ApiChanges,
  expectedRevision: number,
  comment = "",
): Promise<ActionResult<Api>> {
  return runAction(
    async (context) =>
      updateApi(context, parseInput(idSchema, apiId), changes, parseInput(z.number(), expectedRevision), comment),
    "/apis",
  );
}
