import { type ApiRow, documentFromRow } from "../../db/api-row.ts";
import type { Transaction } from "../../db/client.ts";
import { type ApiDocument, apiDocumentSchema } from "../../model/api.ts";
import { changedSubjects, type DocumentChange } from "../../model/document-diff.ts";
import { Problem } from "../../model/problem.ts";
import { changesBetween } from "./document-comparison.ts";

/**
 * Refuses a save that was made on an older revision, and tells who saved in between and what: one item for each
 * difference, its subject as the path.
 */
export async function refuseStale(tx: Transaction, row: ApiRow, expectedRevision: number): Promise<void> {
  if (row.revision === expectedRevision) return;
  if (!isRevisionNumber(expectedRevision)) throw unknownRevision(row, expectedRevision);
  const since = await tx.apiRevision.findMany({
    where: { apiId: row.id, revision: { gte: expectedRevision } },
    orderBy: { revision: "asc" },
    select: { revision: true, actorName: true },
    take: 200,
  });
  const savers = [...new Set(since.filter(({ revision }) => revision > expectedRevision).map((one) => one.actorName))];
  const base = await findDocument(tx, row.id, expectedRevision);
  if (!base || savers.length === 0) throw unknownRevision(row, expectedRevision);
  const changes = changesBetween(base, documentFromRow(row));
  const message = `${listInWords(savers)} saved this API since you opened it (now revision ${row.revision}). Changed: ${changedSubjects(changes)}.`;
  throw new Problem(
    "stale",
    message,
    changes.map((change) => ({ path: change.subject, message: changeInWords(change) })),
  );
}

/** Whether PostgreSQL's integer can hold it: it came from outside. */
function isRevisionNumber(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 2_147_483_647;
}

function unknownRevision(row: ApiRow, expectedRevision: number): Problem {
  const message = `This API is at revision ${row.revision}, not ${expectedRevision}. Load it again before saving.`;
  return new Problem("stale", message);
}

async function findDocument(tx: Transaction, apiId: string, revision: number): Promise<ApiDocument | undefined> {
  const row = await tx.apiRevision.findUnique({
    where: { apiId_revision: { apiId, revision } },
    select: { document: true },
  });
  return row ? apiDocumentSchema.parse(row.document) : undefined;
}

function changeInWords({ before, after }: DocumentChange): string {
  if (before === undefined) return `added: ${after ?? ""}`;
  if (after === undefined) return `removed: ${before}`;
  return `was ${before || "empty"}, is now ${after || "empty"}`;
}

function listInWords(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  const others = names.slice(0, -1);
  return others.length === 0 ? last : `${others.join(", ")} and ${last}`;
}
