import "server-only";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { getUserRow } from "./lock-users.ts";

/** Ends every session of a person. Their tokens stay. Administrators only. */
export async function revokeUserSessions(context: ServerContext, userId: string): Promise<{ ended: number }> {
  requirePermission(context, "user.revoke-sessions");
  return context.db.$transaction(async (tx) => {
    const user = await getUserRow(tx, userId);
    const { count } = await tx.session.deleteMany({ where: { userId: user.id } });
    await recordAudit(tx, context, {
      action: "user.revoke-sessions",
      subjectId: user.id,
      subject: user.email,
      detail: { ended: count },
    });
    return { ended: count };
  });
}
