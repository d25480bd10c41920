import "server-only";
import { type AuditFilterInput, auditFilterSchema } from "../../model/audit.ts";
import { parseInput } from "../../model/parse-input.ts";
import { type AuditPosition, readAuditEvents } from "../audit/audit-query.ts";
import { type AuditTextKind, auditTexts } from "../audit/audit-text.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

/** Events read at once: what an export holds in memory, however much it exports. */
const batchSize = 1_000;

/**
 * Everything in the audit log that a filter lets through, as a stream of UTF-8 text, the newest first. It is read as fast as
 * it is taken. That it was exported is an event of its own. Administrators only. Problems: invalid, forbidden.
 */
export async function exportAuditEvents(
  context: ServerContext,
  kind: AuditTextKind,
  input: AuditFilterInput,
): Promise<ReadableStream<Uint8Array>> {
  requirePermission(context, "audit.read");
  const filter = parseInput(auditFilterSchema, input);
  await context.db.$transaction((tx) =>
    recordAudit(tx, context, {
      action: "audit.export",
      subjectId: "audit",
      subject: "the audit log",
      detail: { kind, ...input },
    }),
  );
  const { head, line } = auditTexts[kind];
  const encoder = new TextEncoder();
  let position: AuditPosition | undefined;
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      if (head !== "") controller.enqueue(encoder.encode(head));
    },
    pull: async (controller) => {
      const events = await readAuditEvents(context.db, filter, position, batchSize);
      position = events.at(-1);
      if (events.length > 0) controller.enqueue(encoder.encode(events.map(line).join("")));
      if (events.length < batchSize) controller.close();
    },
  });
}
