import type { DocumentChange } from "../../model/document-diff.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { changesBetween } from "./document-comparison.ts";
import { getStoredRevision } from "./get-api-revision.ts";

/**
 * The readable difference between two revisions of an API. It also tells that a secret changed, which a comparison of
 * visible documents cannot. Problems: not-found, forbidden.
 */
export async function compareApiRevisions(
  context: ServerContext,
  apiId: string,
  from: number,
  to: number,
): Promise<DocumentChange[]> {
  const permission = requirePermission(context, "api.history");
  const before = await getStoredRevision(context, permission, apiId, from);
  const after = await getStoredRevision(context, permission, apiId, to);
  return changesBetween(before.document, after.document);
}
