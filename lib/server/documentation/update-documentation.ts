import { type Documentation, documentationSchema, type NewDocumentation } from "../../model/documentation.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { getDocumentationRow } from "./find-documentation.ts";
import { changeDocumentation, replaceDocumentation } from "./write-documentation.ts";

/**
 * Saves a document whole. Problems: invalid, not-found, forbidden; conflict at `name`; stale when the document is no
 * longer at `expectedRevision`.
 */
export async function updateDocumentation(
  context: ServerContext,
  apiId: string,
  documentId: string,
  input: NewDocumentation,
  expectedRevision?: number,
): Promise<Documentation> {
  const permission = requirePermission(context, "documentation.update");
  return changeDocumentation(context, permission, apiId, async (tx, api) => {
    const before = await getDocumentationRow(tx, api.id, documentId);
    const given = parseInput(documentationSchema, input);
    if (expectedRevision !== undefined && expectedRevision !== before.revision) {
      const message = `${before.updatedBy} saved this document since you opened it (now revision ${before.revision}).`;
      throw new Problem("stale", message);
    }
    return replaceDocumentation(tx, context, api, before, given);
  });
}
