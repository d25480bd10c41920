import { keptFailures, type StatisticsTaken } from "../model/api-statistics.ts";
import type { DecisionRecord } from "../model/decision-record.ts";
import type { Database } from "./client.ts";

/**
 * Adds what a gateway counted to the present minute and quarter of an hour of the database's clock, in one statement. A
 * batch that is there already changes nothing: its gateway could not know whether it had arrived. Of requests that failed
 * the newest of each API stay.
 *
 * @param nowMs of the clock by which changes were dated
 */
export async function recordStatistics(
  db: Database,
  gatewayId: string,
  batch: StatisticsTaken & { id: string },
  nowMs: number,
): Promise<void> {
  const endpoints = batch.counts.flatMap(({ apiId, endpoints: each }) => each.map((one) => ({ apiId, ...one })));
  const changes = batch.changes.map(({ atMs, from, to, ...change }) => ({
    ...change,
    left: from,
    entered: to,
    ageMs: Math.max(0, nowMs - atMs),
  }));
  const failures = batch.failures.flatMap((record) => failedRequest(record, nowMs));
  await db.$executeRaw`
    WITH fresh AS (
      INSERT INTO statistics_batch (gateway_id, batch_id, at) VALUES (${gatewayId}, ${batch.id}::uuid, now())
      ON CONFLICT (gateway_id) DO UPDATE SET batch_id = EXCLUDED.batch_id, at = now()
        WHERE statistics_batch.batch_id <> EXCLUDED.batch_id
      RETURNING gateway_id
    ), spans AS (
      SELECT span, to_timestamp(floor(extract(epoch FROM now()) / span) * span) AS at
      FROM fresh, unnest(ARRAY[60, 900]) AS span
    ), counted AS (
      INSERT INTO api_statistic (api_id, span, at, requests, client_errors, server_errors, latency)
      SELECT c."apiId"::uuid, s.span, s.at, c.requests, c."clientErrors", c."serverErrors", c.latency
      FROM spans s, jsonb_to_recordset(${JSON.stringify(batch.counts)}::jsonb)
        AS c("apiId" text, requests bigint, "clientErrors" bigint, "serverErrors" bigint, latency bigint[])
      ORDER BY 1, 2
      ON CONFLICT (api_id, span, at) DO UPDATE SET
        requests = api_statistic.requests + EXCLUDED.requests,
        client_errors = api_statistic.client_errors + EXCLUDED.client_errors,
        server_errors = api_statistic.server_errors + EXCLUDED.server_errors,
        latency = (SELECT array_agg(a.n + b.n ORDER BY a.at)
          FROM unnest(api_statistic.latency) WITH ORDINALITY AS a(n, at)
          JOIN unnest(EXCLUDED.latency) WITH ORDINALITY AS b(n, at) ON a.at = b.at)
    ), shared AS (
      INSERT INTO endpoint_statistic (api_id, span, at, key_type, endpoint_id, requests, failures)
      SELECT e."apiId"::uuid, s.span, s.at, e."keyType", e."endpointId", e.requests, e.failures
      FROM spans s, jsonb_to_recordset(${JSON.stringify(endpoints)}::jsonb)
        AS e("apiId" text, "keyType" text, "endpointId" text, requests bigint, failures bigint)
      ORDER BY 1, 2, 4, 5
      ON CONFLICT (api_id, span, at, key_type, endpoint_id) DO UPDATE SET
        requests = endpoint_statistic.requests + EXCLUDED.requests,
        failures = endpoint_statistic.failures + EXCLUDED.failures
    ), failed AS (
      INSERT INTO failed_request (api_id, gateway_id, request_id, at, record)
      SELECT f."apiId"::uuid, ${gatewayId}, f."requestId", now() - make_interval(secs => f."ageMs" / 1000), f.record
      FROM fresh, jsonb_to_recordset(${JSON.stringify(failures)}::jsonb)
        AS f("apiId" text, "requestId" text, "ageMs" float8, record jsonb)
    )
    INSERT INTO endpoint_change (api_id, gateway_id, key_type, endpoint_id, from_state, to_state, code, at)
    SELECT c."apiId"::uuid, ${gatewayId}, c."keyType", c."endpointId", c."left", c.entered, c.code,
      now() - make_interval(secs => c."ageMs" / 1000)
    FROM fresh, jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
      AS c("apiId" text, "keyType" text, "endpointId" text, "left" text, entered text, code int, "ageMs" float8)`;
  const apiIds = [...new Set(failures.map(({ apiId }) => apiId))];
  if (apiIds.length > 0) await dropOldFailures(db, apiIds);
}

/** A failed request as a row; none of one that no API has, or with a character that PostgreSQL cannot store. */
function failedRequest(record: DecisionRecord, nowMs: number) {
  const apiId = record.route?.apiId;
  if (apiId === undefined || JSON.stringify(record).includes("\\u0000")) return [];
  return [{ apiId, requestId: record.requestId, ageMs: Math.max(0, nowMs - Date.parse(record.at)), record }];
}

async function dropOldFailures(db: Database, apiIds: readonly string[]): Promise<void> {
  await db.$executeRaw`
    DELETE FROM failed_request f
    USING (
      SELECT id, row_number() OVER (PARTITION BY api_id ORDER BY at DESC, id DESC) AS place
      FROM failed_request WHERE api_id = ANY(${apiIds}::uuid[])
    ) AS placed
    WHERE f.id = placed.id AND placed.place > ${keptFailures.perApi}`;
}
