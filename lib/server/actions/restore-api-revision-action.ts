"use server";

import { z } from "zod";
import type { ActionResult } from "../../model/action-result.ts";
import type { Api } from "../../model/api.ts";
import { parseInput } from "../../model/parse-input.ts";
import { restoreApiRevision } from "../apis/restore-api-revision.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

const inputSchema = z.strictObject({
  apiId: idSchema,
  revision: z.number(),
  expectedRevision: z.number(),
  comment: z.string(),
});
type RestoreInput = z.input<typeof inputSchema>;

/** Makes an earlier revision the present one, if the page shows what is stored. */
export async function restoreApiRevisionAction(input: RestoreInput): Promise<ActionResult<Api>> {
  return runAction(async (context) => {
    const { apiId, revision, ...options } = parseInput(inputSchema, input);
    return restoreApiRevision(context, apiId, revision, options);
  }, "/apis");
}
