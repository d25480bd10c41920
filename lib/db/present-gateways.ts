import { z } from "zod";
import { gatewayGoneAfterMs } from "../model/gateway-report.ts";
import type { Database } from "./client.ts";

const rowsSchema = z.array(z.strictObject({ id: z.string(), host: z.string() }));

/**
 * The gateways that have reported themselves lately, by host. The clock is the database's, which wrote their times: those
 * of publishers and gateways may be minutes apart.
 */
export async function presentGateways(db: Database): Promise<z.infer<typeof rowsSchema>> {
  const rows: unknown = await db.$queryRaw`
    SELECT id, host FROM gateway
    WHERE last_seen_at >= clock_timestamp() - make_interval(secs => ${gatewayGoneAfterMs / 1000}) ORDER BY host, id`;
  return rowsSchema.parse(rows);
}
