import type { Transaction } from "../../db/client.ts";
import { jsonColumn } from "../../db/json-column.ts";
import type { ServerContext } from "../context.ts";

/** What was done: `<what>.<verb>`, to whom, and the difference it made. Never a secret. */
export type AuditRecord = {
  action: string;
  subjectId: string;
  /** The subject in words, for example "PizzaShackAPI 1.0.0". It may be gone when somebody reads this. */
  subject: string;
  detail?: object;
};

/**
 * Writes who did what, and from where, in the transaction that does it. Whoever acts on behalf of another is named, and so
 * is the other.
 */
export async function recordAudit(tx: Transaction, context: ServerContext, record: AuditRecord): Promise<void> {
  const { actor, origin } = context;
  const who = origin?.actingAdmin ?? actor;
  await tx.auditEvent.create({
    data: {
      at: context.now(),
      actorId: who.id,
      actorName: who.name,
      ...(origin?.actingAdmin && { onBehalfOf: actor.name }),
      action: record.action,
      subjectId: record.subjectId,
      subject: record.subject,
      ...(origin && { address: origin.address, credential: origin.credential, userAgent: origin.userAgent ?? null }),
      ...(record.detail && { detail: jsonColumn(record.detail) }),
    },
  });
}
