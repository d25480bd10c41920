import type { GatewayReport } from "../model/gateway-report.ts";
import type { Database } from "./client.ts";

const forgetAfterMs = 24 * 60 * 60_000;

/** Writes what a gateway says of itself, and forgets gateways that have been silent for a day. */
export async function recordGateway(db: Database, report: GatewayReport, now: Date): Promise<void> {
  const { id, ...rest } = report;
  const row = { ...rest, lastSeenAt: now };
  await db.gateway.upsert({ where: { id }, create: { id, ...row }, update: row });
  await db.$executeRaw`UPDATE gateway SET heard_at = now() WHERE id = ${id}`;
  await db.gateway.deleteMany({ where: { lastSeenAt: { lt: new Date(now.getTime() - forgetAfterMs) } } });
}

/** Takes a gateway that stops in an orderly way out of the list. */
export async function forgetGateway(db: Database, id: string): Promise<void> {
  await db.gateway.deleteMany({ where: { id } });
}
