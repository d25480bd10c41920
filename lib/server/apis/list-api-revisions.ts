import { apiDocumentSchema } from "../../model/api.ts";
import type { DocumentChange } from "../../model/document-diff.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { changesBetween } from "./document-comparison.ts";
import { getApiRow } from "./find-api.ts";

/** A save of an API, as a list of revisions tells it. */
export type ApiRevisionSummary = {
  revision: number;
  action: string;
  comment: string;
  actorName: string;
  createdAt: Date;
};

/** Which revisions: the newest below `before`, `limit` of them. */
export type RevisionPage = { before?: number; limit?: number };

/** Most revisions that are listed at once. */
const maxRevisions = 1_000;
/** Most revisions that are listed at once with their differences. */
export const maxDescribedRevisions = 100;

const summaryColumns = { revision: true, action: true, comment: true, actorName: true, createdAt: true } as const;

/** The saves of an API, the newest first, at most 1,000. Problems: not-found, forbidden. */
export async function listApiRevisions(
  context: ServerContext,
  apiId: string,
  { before, limit = maxRevisions }: RevisionPage = {},
): Promise<ApiRevisionSummary[]> {
  const permission = requirePermission(context, "api.history");
  const { id } = await getApiRow(permission, context.db, apiId);
  return context.db.apiRevision.findMany({
    where: { apiId: id, ...(before !== undefined && { revision: { lt: before } }) },
    orderBy: { revision: "desc" },
    take: Math.min(limit, maxRevisions),
    select: summaryColumns,
  });
}

/** A save with what it changed. */
export type DescribedRevision = ApiRevisionSummary & {
  /** The save before it; undefined for the first one. */
  previous: number | undefined;
  /** What it changed; undefined for the first one, and where a document of an earlier version cannot be read. */
  changes: DocumentChange[] | undefined;
};

/** One page of an API's history. */
export type ApiHistory = {
  revisions: DescribedRevision[];
  /** How many there are altogether. */
  total: number;
  /** Whether there are older ones. */
  hasOlder: boolean;
};

/** The saves of an API with what each changed, the newest first. Problems: not-found, forbidden. */
export async function listApiHistory(
  context: ServerContext,
  apiId: string,
  { before, limit = 25 }: RevisionPage = {},
): Promise<ApiHistory> {
  const permission = requirePermission(context, "api.history");
  const { id } = await getApiRow(permission, context.db, apiId);
  const take = Math.min(limit, maxDescribedRevisions);
  // One more than is shown: it is what the last one is compared with.
  const rows = await context.db.apiRevision.findMany({
    where: { apiId: id, ...(before !== undefined && { revision: { lt: before } }) },
    orderBy: { revision: "desc" },
    take: take + 1,
    select: { ...summaryColumns, document: true },
  });
  const total = await context.db.apiRevision.count({ where: { apiId: id } });
  const revisions = rows.slice(0, take).map(({ document, ...summary }, index) => {
    const earlier = rows[index + 1];
    return {
      ...summary,
      previous: earlier?.revision,
      changes: earlier && changesOf(earlier.document, document),
    };
  });
  return { revisions, total, hasOlder: rows.length > take };
}

function changesOf(before: unknown, after: unknown): DocumentChange[] | undefined {
  const old = apiDocumentSchema.safeParse(before);
  const now = apiDocumentSchema.safeParse(after);
  return old.success && now.success ? changesBetween(old.data, now.data) : undefined;
}
