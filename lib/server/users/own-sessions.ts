import "server-only";
import type { OwnSession } from "../../model/account.ts";
import { Problem } from "../../model/problem.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

/** The actor's open sessions, the current one first, then the newest. */
export async function listOwnSessions(context: ServerContext, currentSessionId: string): Promise<OwnSession[]> {
  requirePermission(context, "session.list");
  const sessions = await context.db.session.findMany({
    where: { userId: context.actor.id, expiresAt: { gt: context.now() } },
    orderBy: { createdAt: "desc" },
    select: { id: true, ipAddress: true, userAgent: true, createdAt: true, updatedAt: true, expiresAt: true },
    take: 200,
  });
  return sessions
    .map(({ updatedAt, ...session }) => ({
      ...session,
      lastActiveAt: updatedAt,
      current: session.id === currentSessionId,
    }))
    .sort((a, b) => Number(b.current) - Number(a.current));
}

/** Ends one of the actor's sessions. Problem "not-found" for any other. */
export async function revokeOwnSession(context: ServerContext, sessionId: string): Promise<void> {
  requirePermission(context, "session.revoke");
  const { actor, db } = context;
  await db.$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { id: sessionId, userId: actor.id } });
    if (count === 0) throw new Problem("not-found", "This session has ended already.");
    await recordAudit(tx, context, { action: "session.revoke", subjectId: actor.id, subject: actor.email });
  });
}

/** Ends the actor's sessions but the current one. */
export async function revokeOtherSessions(
  context: ServerContext,
  currentSessionId: string,
): Promise<{ ended: number }> {
  requirePermission(context, "session.revoke");
  const { actor, db } = context;
  return db.$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { userId: actor.id, id: { not: currentSessionId } } });
    const detail = { ended: count };
    await recordAudit(tx, context, {
      action: "session.revoke-others",
      subjectId: actor.id,
      subject: actor.email,
      detail,
    });
    return detail;
  });
}
