import { z } from "zod";
import type { Database } from "../../db/client.ts";
import { type ApiStatistics, type StatisticsWindow, tellableStates, windowSteps } from "../../model/api-statistics.ts";
import { type EndpointConfig, endpointConfigSchema, endpointsOf, keyTypes } from "../../model/endpoint-config.ts";
import { latencyBucketCount, latencyPercentile } from "../../model/latency-buckets.ts";
import { getApiRow } from "../apis/find-api.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

/** Most changes of state that are told. */
const mostChanges = 100;

const counted = z.number().int();
const pointsSchema = z.array(
  z.object({
    at: z.date(),
    requests: counted,
    clientErrors: counted,
    serverErrors: counted,
    latency: z.array(counted),
  }),
);
type Point = z.infer<typeof pointsSchema>[number];

const endpointsSchema = z.array(
  z.object({ keyType: z.enum(keyTypes), endpointId: z.string(), requests: counted, failures: counted }),
);
const changesSchema = z.array(
  z.object({
    at: z.date(),
    gateway: z.string(),
    keyType: z.enum(keyTypes),
    endpointId: z.string(),
    from: z.enum(tellableStates),
    to: z.enum(tellableStates),
    code: counted.nullable(),
  }),
);

/**
 * What all gateways counted of an API in the last hour or day. Gateways write what they count every ten seconds, so the
 * newest point is still growing. Problems: not-found, forbidden.
 */
export async function getApiStatistics(
  context: ServerContext,
  apiId: string,
  window: StatisticsWindow,
): Promise<ApiStatistics> {
  const permission = requirePermission(context, "statistics.read");
  const { id, endpointConfig } = await getApiRow(permission, context.db, apiId);
  const [points, endpoints, changes] = await Promise.all([
    readPoints(context.db, id, window),
    readEndpoints(context.db, id, window),
    readChanges(context.db, id, window),
  ]);
  const config = endpointConfigSchema.safeParse(endpointConfig).data;
  const named = <One extends { keyType: (typeof keyTypes)[number]; endpointId: string }>(one: One) => ({
    ...one,
    url: urlOf(config, one.keyType, one.endpointId),
  });
  return {
    window,
    stepSeconds: windowSteps[window].stepSeconds,
    points: points.map((point) => ({ at: point.at.toISOString(), ...figuresOf([point]) })),
    total: figuresOf(points),
    endpoints: endpoints.map(named),
    changes: changes.map((change) => named({ ...change, at: change.at.toISOString() })),
  };
}

/** Every point of the window by the clock of the database, those without traffic too. */
async function readPoints(db: Database, apiId: string, window: StatisticsWindow): Promise<Point[]> {
  const { stepSeconds, points } = windowSteps[window];
  const rows: unknown = await db.$queryRaw`
    SELECT p.at, coalesce(s.requests, 0)::float8 AS requests, coalesce(s.client_errors, 0)::float8 AS "clientErrors",
      coalesce(s.server_errors, 0)::float8 AS "serverErrors", coalesce(s.latency, ARRAY[]::bigint[])::float8[] AS latency
    FROM (SELECT to_timestamp((floor(extract(epoch FROM now()) / ${stepSeconds}::int) - n) * ${stepSeconds}::int) AS at
      FROM generate_series(0, ${points - 1}::int) AS n) p
    LEFT JOIN api_statistic s ON s.api_id = ${apiId}::uuid AND s.span = ${stepSeconds} AND s.at = p.at
    ORDER BY p.at`;
  return pointsSchema.parse(rows);
}

async function readEndpoints(db: Database, apiId: string, window: StatisticsWindow) {
  const { stepSeconds, points } = windowSteps[window];
  const rows: unknown = await db.$queryRaw`
    SELECT key_type AS "keyType", endpoint_id AS "endpointId", sum(requests)::float8 AS requests,
      sum(failures)::float8 AS failures
    FROM endpoint_statistic
    WHERE api_id = ${apiId}::uuid AND span = ${stepSeconds} AND at > now() - make_interval(secs => ${stepSeconds * points})
    GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 200`;
  return endpointsSchema.parse(rows);
}

async function readChanges(db: Database, apiId: string, window: StatisticsWindow) {
  const { stepSeconds, points } = windowSteps[window];
  const rows: unknown = await db.$queryRaw`
    SELECT c.at, coalesce(g.host, c.gateway_id) AS gateway, c.key_type AS "keyType", c.endpoint_id AS "endpointId",
      c.from_state AS "from", c.to_state AS "to", c.code
    FROM endpoint_change c LEFT JOIN gateway g ON g.id = c.gateway_id
    WHERE c.api_id = ${apiId}::uuid AND c.at > now() - make_interval(secs => ${stepSeconds * points})
    ORDER BY c.at DESC, c.id DESC LIMIT ${mostChanges}`;
  return changesSchema.parse(rows);
}

function figuresOf(points: readonly Point[]) {
  const latency = Array.from({ length: latencyBucketCount }, (_, bucket) =>
    points.reduce((sum, point) => sum + (point.latency[bucket] ?? 0), 0),
  );
  const sumOf = (name: "requests" | "clientErrors" | "serverErrors") =>
    points.reduce((sum, point) => sum + point[name], 0);
  const percentile = (share: number) => {
    const ms = latencyPercentile(latency, share);
    return ms === undefined ? null : Math.round(ms * 10) / 10;
  };
  return {
    requests: sumOf("requests"),
    clientErrors: sumOf("clientErrors"),
    serverErrors: sumOf("serverErrors"),
    p50Ms: percentile(0.5),
    p95Ms: percentile(0.95),
    p99Ms: percentile(0.99),
  };
}

function urlOf(config: EndpointConfig | undefined, keyType: (typeof keyTypes)[number], endpointId: string) {
  return (config && endpointsOf(config, keyType).find(({ id }) => id === endpointId)?.url) ?? null;
}
