import { z } from "zod";
import { parseInput } from "../../model/parse-input.ts";
import { requireAdmin, type ServerContext } from "../context.ts";

/** Who did what, when, to whom, and the difference it made. `id` grows with time. */
export type AuditEvent = {
  id: string;
  at: Date;
  actorName: string;
  action: string;
  subjectId: string;
  subject: string;
  detail: unknown;
};

const requestSchema = z.strictObject({
  limit: z.number().int().min(1, "limit is at least 1.").max(500, "limit is at most 500.").default(50),
  /** Events older than the one with this id. */
  before: z
    .string()
    .regex(/^\d{1,18}$/, "before is the id of an event.")
    .optional(),
  /** Only events of this subject, such as an API's id. */
  subjectId: z.string().max(64).optional(),
});

/** A page of the audit log, the newest first. Administrators only. */
export async function listAuditEvents(
  context: ServerContext,
  request: z.input<typeof requestSchema> = {},
): Promise<AuditEvent[]> {
  requireAdmin(context.actor);
  const { limit, before, subjectId } = parseInput(requestSchema, request);
  const rows = await context.db.auditEvent.findMany({
    where: {
      ...(before !== undefined && { id: { lt: BigInt(before) } }),
      ...(subjectId !== undefined && { subjectId }),
    },
    orderBy: { id: "desc" },
    take: limit,
  });
  return rows.map(({ id, actorId: _actorId, ...event }) => ({ ...event, id: String(id) }));
}
