import { z } from "zod";
import type { Database } from "../../db/client.ts";
import { Prisma } from "../../db/generated/client.ts";
import type { AuditEvent, AuditFilter } from "../../model/audit.ts";

/** Where a page begins: events that are older than this one. */
export type AuditPosition = { at: Date; id: string };

const rowsSchema = z.array(
  z.strictObject({
    id: z.bigint().transform(String),
    at: z.date(),
    actorName: z.string(),
    onBehalfOf: z.string().nullable(),
    action: z.string(),
    subjectId: z.string(),
    subject: z.string(),
    address: z.string().nullable(),
    credential: z.string().nullable(),
    userAgent: z.string().nullable(),
    detail: z.unknown(),
  }),
);

/**
 * Events in the order of time, the newest first. Every filter has an index that ends in time and id, so a page costs what
 * it shows, however long the log.
 */
export async function readAuditEvents(
  db: Pick<Database, "$queryRaw">,
  filter: AuditFilter,
  before: AuditPosition | undefined,
  limit: number,
): Promise<AuditEvent[]> {
  const conditions = conditionsOf(filter);
  if (before) conditions.push(Prisma.sql`(at, id) < (${before.at}::timestamptz, ${before.id}::bigint)`);
  const where = conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join(conditions, " AND ")}` : Prisma.empty;
  const rows = await db.$queryRaw`
    SELECT id, at, actor_name AS "actorName", on_behalf_of AS "onBehalfOf", action, subject_id AS "subjectId", subject,
      address, credential, user_agent AS "userAgent", detail
    FROM audit_event ${where} ORDER BY at DESC, id DESC LIMIT ${limit}`;
  return rowsSchema.parse(rows);
}

function conditionsOf({ actor, action, subjectId, subject, from, to }: AuditFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (actor !== undefined) conditions.push(Prisma.sql`actor_name = ${actor}`);
  if (action?.includes(".")) conditions.push(Prisma.sql`action = ${action}`);
  // "/" follows ".": what begins with "api." and nothing else.
  else if (action !== undefined) conditions.push(Prisma.sql`action >= ${`${action}.`} AND action < ${`${action}/`}`);
  if (subjectId !== undefined) conditions.push(Prisma.sql`subject_id = ${subjectId}`);
  if (subject !== undefined) {
    // What stands for itself must not be a wildcard of LIKE.
    const pattern = `${subject.toLowerCase().replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
    conditions.push(Prisma.sql`lower(subject) LIKE ${pattern}`);
  }
  if (from) conditions.push(Prisma.sql`at >= ${from}::timestamptz`);
  if (to) conditions.push(Prisma.sql`at < ${to}::timestamptz`);
  return conditions;
}
