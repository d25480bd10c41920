"use server";

import { z } from "zod";
import type { ActionResult } from "../../model/action-result.ts";
import type { DocumentChange } from "../../model/document-diff.ts";
import { parseInput } from "../../model/parse-input.ts";
import { compareApiRevisions } from "../apis/compare-api-revisions.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

const inputSchema = z.strictObject({ apiId: idSchema, from: z.number(), to: z.number() });
type ComparisonInput = z.input<typeof inputSchema>;

/** What differs between two revisions, for a dialog that asks about it. */
export async function compareApiRevisionsAction(input: ComparisonInput): Promise<ActionResult<DocumentChange[]>> {
  return runAction(async (context) => {
    const { apiId, from, to } = parseInput(inputSchema, input);
    return compareApiRevisions(context, apiId, from, to);
  });
}
