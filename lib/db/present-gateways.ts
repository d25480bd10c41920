import { gatewayGoneAfterMs } from "../model/gateway-report.ts";
import type { Database } from "./client.ts";

/**
 * The gateways that have reported themselves lately, by host. The clock is the database's, which wrote their times: those
 * of publishers and gateways may be minutes apart.
 */
export async function presentGateways(db: Database): Promise<{ id: string; host: string }[]> {
  return db.$queryRaw<{ id: string; host: string }[]>`
    SELECT id, host FROM gateway
    WHERE last_seen_at >= clock_timestamp() - make_interval(secs => ${gatewayGoneAfterMs / 1000}) ORDER BY host, id`;
}
