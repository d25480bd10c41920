import type { Transaction } from "../../db/client.ts";
import { type ApiDocument, apiDocumentSchema } from "../../model/api.ts";
import { Problem } from "../../model/problem.ts";
import type { ServerContext } from "../context.ts";
import { type Permission, requirePermission } from "../permission/require-permission.ts";
import { getApiRow } from "./find-api.ts";
import type { ApiRevisionSummary } from "./list-api-revisions.ts";
import { visibleDocument } from "./write-api.ts";

/** A save of an API with the document it saved, without the secrets of its endpoints. */
export type ApiRevision = ApiRevisionSummary & { document: ApiDocument };

/** One revision of an API. Problems: not-found (API or revision), forbidden. */
export async function getApiRevision(context: ServerContext, apiId: string, revision: number): Promise<ApiRevision> {
  const permission = requirePermission(context, "api.history");
  const { document, ...summary } = await getStoredRevision(context, permission, apiId, revision);
  return { ...summary, document: visibleDocument(document) };
}

/** The same with its secrets sealed, for comparisons inside the server. */
export async function getStoredRevision(
  context: ServerContext,
  permission: Permission,
  apiId: string,
  revision: number,
): Promise<ApiRevision> {
  const { id } = await getApiRow(permission, context.db, apiId);
  const row = await findRevisionRow(context.db, id, revision);
  if (!row) throw unknownRevision();
  const { action, comment, actorName, createdAt } = row;
  return { revision, action, comment, actorName, createdAt, document: apiDocumentSchema.parse(row.document) };
}

/** The stored document of a revision, sealed secrets and all. Problems: not-found; invalid when it cannot be read. */
export async function getRevisionDocument(tx: Transaction, apiId: string, revision: number): Promise<ApiDocument> {
  const row = await findRevisionRow(tx, apiId, revision);
  if (!row) throw unknownRevision();
  const parsed = apiDocumentSchema.safeParse(row.document);
  if (parsed.success) return parsed.data;
  throw new Problem("invalid", `Revision ${revision} was saved by another version of Fairlead and cannot be read.`);
}

/** The row of a revision, also while its number may come from anywhere. */
export async function findRevisionRow(tx: Transaction, apiId: string, revision: number) {
  // PostgreSQL refuses what is no integer of its own with an error.
  if (!Number.isInteger(revision) || revision < 0 || revision > 2_147_483_647) return null;
  return tx.apiRevision.findUnique({ where: { apiId_revision: { apiId, revision } } });
}

const unknownRevision = () => new Problem("not-found", "This API has no revision of that number.");
