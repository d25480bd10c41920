import type { ServerContext } from "../context.ts";
import { getApiRow } from "./find-api.ts";

/** A save of an API, as a list of revisions tells it. */
export type ApiRevisionSummary = { revision: number; action: string; actorName: string; createdAt: Date };

/** Most revisions that are listed. */
const maxRevisions = 1_000;

/** The saves of an API, the newest first, at most 1,000. Problems: not-found, forbidden. */
export async function listApiRevisions(context: ServerContext, apiId: string): Promise<ApiRevisionSummary[]> {
  const { id } = await getApiRow(context, context.db, apiId);
  return context.db.apiRevision.findMany({
    where: { apiId: id },
    orderBy: { revision: "desc" },
    take: maxRevisions,
    select: { revision: true, action: true, actorName: true, createdAt: true },
  });
}
