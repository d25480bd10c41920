import { z } from "zod";
import type { Transaction } from "../../db/client.ts";
import { gatewayGoneAfterMs } from "../../model/gateway-report.ts";
import { type GuardWatch, guardFiguresSchema, guardSettingsSchema, watchStates } from "../../model/guard.ts";
import { judge } from "../../model/guard-verdict.ts";
import { getApiRow } from "../apis/find-api.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { watchTraffic } from "./watch-traffic.ts";

/** The last changes of an API that were watched, the newest first, at most 20. Problems: not-found, forbidden. */
export async function listGuardWatches(context: ServerContext, apiId: string, limit = 20): Promise<GuardWatch[]> {
  const permission = requirePermission(context, "guard.read");
  const { id } = await getApiRow(permission, context.db, apiId);
  const rows = await context.db.guardWatch.findMany({
    where: { apiId: id },
    orderBy: { startedAt: "desc" },
    take: Math.min(limit, 20),
  });
  return Promise.all(rows.map((row) => watchFromRow(context.db, row)));
}

/** The newest of them, which is the one that may still be watched; null when none ever was. */
export async function findGuardWatch(context: ServerContext, apiId: string): Promise<GuardWatch | null> {
  requirePermission(context, "guard.read");
  const [newest] = await listGuardWatches(context, apiId, 1);
  return newest ?? null;
}

type WatchRow = NonNullable<Awaited<ReturnType<Transaction["guardWatch"]["findUnique"]>>>;

async function watchFromRow(tx: Transaction, row: WatchRow): Promise<GuardWatch> {
  const { id, revision, baseRevision, actorName, startedAt, endedAt, reason, restoredRevision, dismissedBy } = row;
  const state = z.enum(watchStates).parse(row.state);
  const settings = guardSettingsSchema.parse(row.settings);
  const watching = state === "watching" ? await presentFacts(tx, row) : undefined;
  const stored = guardFiguresSchema.nullable().safeParse(row.figures);
  return {
    ...{ id, revision, baseRevision, state, settings, actorName, startedAt, endedAt, reason },
    ...{ restoredRevision, dismissedBy },
    remainingMs: watching?.remainingMs ?? 0,
    figures: watching ? judge(settings, watching.traffic).figures : (stored.data ?? null),
    silentGateways: watching?.silentGateways ?? [],
    isUnwatched: watching?.isUnwatched ?? false,
  };
}

const factsSchema = z.array(z.object({ remainingMs: z.number(), heard: z.array(z.string()) }));

/** What is true of a change that is being watched, by the database's clock. */
async function presentFacts(tx: Transaction, row: WatchRow) {
  const traffic = await watchTraffic(tx, row);
  const rows: unknown = await tx.$queryRaw`
    SELECT greatest(0, extract(epoch FROM until - clock_timestamp()) * 1000)::float8 AS "remainingMs",
      ARRAY(SELECT id FROM gateway
        WHERE last_seen_at > clock_timestamp() - make_interval(secs => ${gatewayGoneAfterMs / 1000})) AS heard
    FROM guard_watch WHERE id = ${row.id}::uuid`;
  const [{ remainingMs, heard } = { remainingMs: 0, heard: [] }] = factsSchema.parse(rows);
  const served = traffic.filter(({ after }) => after.requests > 0).map(({ gatewayId }) => gatewayId);
  return {
    traffic,
    remainingMs,
    isUnwatched: heard.length === 0,
    silentGateways: await namesOf(
      tx,
      served.filter((id) => !heard.includes(id)),
    ),
  };
}

/** Gateways by the host that they are known by; by their id once they are forgotten. */
async function namesOf(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.gateway.findMany({ where: { id: { in: [...ids] } }, select: { id: true, host: true } });
  return ids.map((id) => rows.find((row) => row.id === id)?.host ?? id);
}
