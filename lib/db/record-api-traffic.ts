import type { WatchCount } from "../model/watch-count.ts";
import type { Database } from "./client.ts";

/** Adds what a gateway counted to the present minute of the database's clock. */
export async function recordApiTraffic(db: Database, gatewayId: string, counts: readonly WatchCount[]): Promise<void> {
  await db.$executeRaw`
    INSERT INTO api_traffic (api_id, revision, gateway_id, minute, requests, failures, latency)
    SELECT c."apiId"::uuid, c.revision, ${gatewayId}, date_trunc('minute', now()), c.requests, c.failures, c.latency
    FROM jsonb_to_recordset(${JSON.stringify(counts)}::jsonb)
      AS c("apiId" text, revision int, requests int, failures int, latency int[])
    ON CONFLICT (api_id, revision, gateway_id, minute) DO UPDATE SET
      requests = api_traffic.requests + EXCLUDED.requests,
      failures = api_traffic.failures + EXCLUDED.failures,
      latency = (SELECT array_agg(a.n + b.n ORDER BY a.at)
        FROM unnest(api_traffic.latency) WITH ORDINALITY AS a(n, at)
        JOIN unnest(EXCLUDED.latency) WITH ORDINALITY AS b(n, at) ON a.at = b.at)`;
}
