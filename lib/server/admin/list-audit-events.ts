import { z } from "zod";
import { type AuditEvent, auditCursorSchema, auditFilterSchema } from "../../model/audit.ts";
import { parseInput } from "../../model/parse-input.ts";
import { readAuditEvents } from "../audit/audit-query.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

const requestSchema = auditFilterSchema.extend({
  limit: z.number().int().min(1, "limit is at least 1.").max(500, "limit is at most 500.").default(50),
  /** Older than the event that auditCursor names. */
  before: auditCursorSchema.optional(),
});

/** A page of the audit log, the newest first. Administrators only. Problems: invalid, forbidden. */
export async function listAuditEvents(
  context: ServerContext,
  request: z.input<typeof requestSchema> = {},
): Promise<AuditEvent[]> {
  requirePermission(context, "audit.read");
  const { limit, before, ...filter } = parseInput(requestSchema, request);
  return readAuditEvents(context.db, filter, before, limit);
}
