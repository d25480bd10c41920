import type { Database } from "../../db/client.ts";
import { isRouted } from "../../model/lifecycle.ts";
import { getApiRow } from "../apis/find-api.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { type Gateway, listGateways } from "./list-gateways.ts";

/** What one gateway makes of one API. */
export type ApiOnGateway = Pick<Gateway, "id" | "host" | "version" | "gone" | "appliedAt" | "lastSeenAt"> & {
  /** Whether it is there and has taken the stored document, or has it off in a state that is not routed. */
  live: boolean;
  /** The revision of the document that answers there; null while none does, or when that is not known. */
  runningRevision: number | null;
  /** Why it could not take the stored document. */
  refusedReason?: string;
};

/** Which gateways have what is stored of an API; `revision` is the stored document's. */
export type ApiLiveState = { revision: number; gateways: ApiOnGateway[] };

/** What every gateway makes of an API, by what they last reported. Problems: not-found, forbidden. */
export async function getApiLiveState(context: ServerContext, apiId: string): Promise<ApiLiveState> {
  const permission = requirePermission(context, "api.live");
  const api = await getApiRow(permission, context.db, apiId);
  const { gateways } = await listGateways(context);
  const behind = gateways.filter(({ appliedRevision }) => appliedRevision < api.revision);
  const earlier = await routedRevisions(context.db, api.id, behind);
  return {
    revision: api.revision,
    gateways: gateways.map((gateway) => {
      const refused = gateway.refusedApis.find(({ id }) => id === api.id);
      const isBehind = gateway.appliedRevision < api.revision;
      const stored = isRouted(api.lifecycleState) ? api.revision : null;
      const { id, host, version, gone, appliedAt, lastSeenAt } = gateway;
      return {
        ...{ id, host, version, gone, appliedAt, lastSeenAt },
        live: !gone && !isBehind && !refused,
        runningRevision: refused ? null : isBehind ? (earlier.get(gateway.appliedRevision) ?? null) : stored,
        ...(refused && { refusedReason: refused.reason }),
      };
    }),
  };
}

/** For each revision that a gateway stands at: the API's newest document up to there, if it was routed. */
async function routedRevisions(db: Database, apiId: string, behind: readonly Gateway[]): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  for (const appliedRevision of new Set(behind.map((gateway) => gateway.appliedRevision))) {
    const row = await db.apiRevision.findFirst({
      where: { apiId, revision: { lte: appliedRevision } },
      orderBy: { revision: "desc" },
      select: { revision: true, document: true },
    });
    if (row && isRouted(lifecycleStateOf(row.document))) found.set(appliedRevision, row.revision);
  }
  return found;
}

function lifecycleStateOf(document: unknown): unknown {
  return typeof document === "object" && document !== null && "lifecycleState" in document
    ? document.lifecycleState
    : undefined;
}
