import { z } from "zod";
import { Prisma } from "../../db/generated/client.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

/** Most names of one kind that a filter offers. */
const mostNames = 500;

const namesSchema = z.array(z.strictObject({ name: z.string() }));

/** What the audit log can be filtered by: everybody who ever acted, and everything that was ever done. */
export type AuditNames = { actors: string[]; actions: string[] };

/** The names that occur in the audit log. Administrators only. */
export async function listAuditNames(context: ServerContext): Promise<AuditNames> {
  requirePermission(context, "audit.read");
  const [actors, actions] = await Promise.all([
    distinct(context, Prisma.sql`actor_name`),
    distinct(context, Prisma.sql`action`),
  ]);
  return { actors, actions };
}

/** Jumps from one name to the next in the column's index: a million rows cost as much as their few names. */
async function distinct({ db }: ServerContext, column: Prisma.Sql): Promise<string[]> {
  const rows = await db.$queryRaw`
    WITH RECURSIVE names AS (
      (SELECT ${column} AS name FROM audit_event ORDER BY ${column} LIMIT 1)
      UNION ALL
      SELECT (SELECT ${column} FROM audit_event WHERE ${column} > names.name ORDER BY ${column} LIMIT 1)
      FROM names WHERE names.name IS NOT NULL
    )
    SELECT name FROM names WHERE name IS NOT NULL LIMIT ${mostNames}`;
  return namesSchema.parse(rows).map(({ name }) => name);
}
