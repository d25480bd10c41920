import { z } from "zod";
import type { Transaction } from "../../db/client.ts";
import type { GatewayTraffic } from "../../model/guard-verdict.ts";
import { addWatchCount, emptyWatchCount } from "../../model/watch-count.ts";

/** A change is compared with the traffic of so many minutes before it. */
const minutesBefore = 60;
/** Rows of minutes, gateways and revisions that are added up at once. */
const mostRows = 20_000;

const rowsSchema = z.array(
  z.object({
    gatewayId: z.string(),
    isAfter: z.boolean(),
    requests: z.number(),
    failures: z.number(),
    latency: z.array(z.number()),
  }),
);

/**
 * What gateways counted of an API before and after a change. Before is what ran under the revision that would be restored
 * and the ones that led to it, those left out that a guard has taken back.
 */
export async function watchTraffic(
  tx: Transaction,
  watch: { apiId: string; revision: number; baseRevision: number; startedAt: Date },
): Promise<GatewayTraffic[]> {
  const { apiId, revision, baseRevision, startedAt } = watch;
  const rows: unknown = await tx.$queryRaw`
    SELECT t.gateway_id AS "gatewayId", t.revision >= ${revision} AS "isAfter", t.requests, t.failures, t.latency
    FROM api_traffic t
    WHERE t.api_id = ${apiId}::uuid
      AND (t.revision >= ${revision} OR (
        t.revision <= ${baseRevision}
        AND t.minute > ${startedAt}::timestamptz - make_interval(mins => ${minutesBefore})
        AND NOT EXISTS (SELECT FROM guard_watch w WHERE w.api_id = t.api_id AND w.state = 'restored'
          AND t.revision >= w.revision AND t.revision < w.restored_revision)))
    ORDER BY t.minute DESC LIMIT ${mostRows}`;
  const gateways = new Map<string, GatewayTraffic>();
  for (const { gatewayId, isAfter, ...counts } of rowsSchema.parse(rows)) {
    const gateway = gateways.get(gatewayId) ?? {
      gatewayId,
      before: emptyWatchCount(apiId, baseRevision),
      after: emptyWatchCount(apiId, revision),
    };
    addWatchCount(isAfter ? gateway.after : gateway.before, counts);
    gateways.set(gatewayId, gateway);
  }
  return [...gateways.values()];
}

/** Forgets traffic that is too old to be compared with, and watches that ended a quarter of a year ago. */
export async function sweepWatches(tx: Transaction): Promise<void> {
  await tx.$executeRaw`DELETE FROM api_traffic WHERE minute < now() - interval '2 hours'`;
  await tx.$executeRaw`DELETE FROM guard_watch WHERE ended_at < now() - interval '90 days'`;
}
