import type { GatewayReport } from "../model/gateway-report.ts";
import type { Database } from "./client.ts";

/**
 * Writes what a gateway says of itself, and forgets gateways that have been silent for a day; one statement, because every
 * change of the configuration is reported. The time is the database's: clocks of processes may be minutes apart.
 */
export async function recordGateway(db: Database, report: GatewayReport): Promise<void> {
  const { id, host, version, startedAt, appliedRevision, appliedAt, refusedApis, figures } = report;
  await db.$executeRaw`
    WITH forgotten AS (
      DELETE FROM gateway WHERE last_seen_at < clock_timestamp() - interval '1 day' AND id <> ${id}
    )
    INSERT INTO gateway
      (id, host, version, started_at, applied_revision, applied_at, last_seen_at, refused_apis, figures)
    VALUES (${id}, ${host}, ${version}, ${startedAt}, ${appliedRevision}, ${appliedAt}, clock_timestamp(),
      ${JSON.stringify(refusedApis)}::jsonb, ${figures ? JSON.stringify(figures) : null}::jsonb)
    ON CONFLICT (id) DO UPDATE SET host = excluded.host, version = excluded.version, started_at = excluded.started_at,
      applied_revision = excluded.applied_revision, applied_at = excluded.applied_at,
      last_seen_at = excluded.last_seen_at, refused_apis = excluded.refused_apis, figures = excluded.figures`;
}

/** Takes a gateway that stops in an orderly way out of the list. */
export async function forgetGateway(db: Database, id: string): Promise<void> {
  await db.gateway.deleteMany({ where: { id } });
}
