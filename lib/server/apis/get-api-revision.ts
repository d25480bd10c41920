import { type ApiDocument, apiDocumentSchema } from "../../model/api.ts";
import { Problem } from "../../model/problem.ts";
import type { ServerContext } from "../context.ts";
import { getApiRow } from "./find-api.ts";
import type { ApiRevisionSummary } from "./list-api-revisions.ts";
import { visibleDocument } from "./write-api.ts";

/** A save of an API with the document it saved, without the secrets of its endpoints. */
export type ApiRevision = ApiRevisionSummary & { document: ApiDocument };

/** One revision of an API. Problems: not-found (API or revision), forbidden. */
export async function getApiRevision(context: ServerContext, apiId: string, revision: number): Promise<ApiRevision> {
  const { document, ...summary } = await getStoredRevision(context, apiId, revision);
  return { ...summary, document: visibleDocument(document) };
}

/** The same with its secrets sealed, for comparisons inside the server. */
export async function getStoredRevision(context: ServerContext, apiId: string, revision: number): Promise<ApiRevision> {
  const { id } = await getApiRow(context, context.db, apiId);
  const isNumber = Number.isInteger(revision) && revision >= 0 && revision <= 2_147_483_647;
  const row = isNumber
    ? await context.db.apiRevision.findUnique({ where: { apiId_revision: { apiId: id, revision } } })
    : null;
  if (!row) throw new Problem("not-found", "This API has no revision of that number.");
  const { action, actorName, createdAt } = row;
  return { revision, action, actorName, createdAt, document: apiDocumentSchema.parse(row.document) };
}
