"use server";

import { z } from "zod";
import type { ActionResult } from "../../model/action-result.ts";
import type { Documentation, NewDocumentation } from "../../model/documentation.ts";
import { parseInput } from "../../model/parse-input.ts";
import { createDocumentation } from "../documentation/create-documentation.ts";
import { deleteDocumentation } from "../documentation/delete-documentation.ts";
import { updateDocumentation } from "../documentation/update-documentation.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

const revisionSchema = z.number().int().min(1);

/** Write a document. */
export async function createDocumentationAction(
  apiId: string,
  input: NewDocumentation,
): Promise<ActionResult<Documentation>> {
  return runAction((context) => createDocumentation(context, parseInput(idSchema, apiId), input));
}

/** Save a document that was read at a revision. */
export async function updateDocumentationAction(
  apiId: string,
  documentId: string,
  input: NewDocumentation,
  revision: number,
): Promise<ActionResult<Documentation>> {
  return runAction((context) =>
    updateDocumentation(
      context,
      parseInput(idSchema, apiId),
      parseInput(idSchema, documentId),
      input,
      parseInput(revisionSchema, revision),
    ),
  );
}

/** Delete a document. */
export async function deleteDocumentationAction(apiId: string, documentId: string): Promise<ActionResult<void>> {
  return runAction((context) =>
    deleteDocumentation(context, parseInput(idSchema, apiId), parseInput(idSchema, documentId)),
  );
}
