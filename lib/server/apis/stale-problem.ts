import { type ApiRow, documentFromRow } from "../../db/api-row.ts";
import type { Transaction } from "../../db/client.ts";
import { apiDocumentSchema } from "../../model/api.ts";
import { changedSubjects, type DocumentChange } from "../../model/document-diff.ts";
import { Problem } from "../../model/problem.ts";
import { changesBetween } from "./document-comparison.ts";
import { findRevisionRow } from "./get-api-revision.ts";

/**
 * Refuses a save that was made on an older revision, and tells who saved in between and what: one item for each
 * difference, its subject as the path.
 */
export async function refuseStale(tx: Transaction, row: ApiRow, expectedRevision: number): Promise<void> {
  if (row.revision === expectedRevision) return;
  const baseRow = await findRevisionRow(tx, row.id, expectedRevision);
  if (!baseRow) throw unknownRevision(row, expectedRevision);
  const since = await tx.apiRevision.findMany({
    where: { apiId: row.id, revision: { gte: expectedRevision } },
    orderBy: { revision: "asc" },
    select: { revision: true, actorName: true },
    take: 200,
  });
  const savers = [...new Set(since.filter(({ revision }) => revision > expectedRevision).map((one) => one.actorName))];
  if (savers.length === 0) throw unknownRevision(row, expectedRevision);
  const changes = changesBetween(apiDocumentSchema.parse(baseRow.document), documentFromRow(row));
  const message = `${listInWords(savers)} saved this API since you opened it (now revision ${row.revision}). Changed: ${changedSubjects(changes)}.`;
  throw new Problem(
    "stale",
    message,
    changes.map((change) => ({ path: change.subject, message: changeInWords(change) })),
  );
}

function unknownRevision(row: ApiRow, expectedRevision: number): Problem {
  const message = `This API is at revision ${row.revision}, not ${expectedRevision}. Load it again before saving.`;
  return new Problem("stale", message);
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
