import "server-only";
import { Problem } from "../../model/problem.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { requireStanding } from "../permission/require-standing.ts";
import { getUserRow, lockUsers, refuseWithoutAdministrator } from "./lock-users.ts";

/**
 * Deactivates a person, which ends their sessions and deletes their tokens at once, or lets them in again. Their APIs stay
 * as they are. Administrators only.
 *
 * @throws Problem "conflict" for oneself and for the last active administrator
 */
export async function setUserActive(context: ServerContext, userId: string, active: boolean): Promise<void> {
  requirePermission(context, "user.set-active");
  await context.db.$transaction(async (tx) => {
    await lockUsers(tx);
    await requireStanding(tx, context);
    const user = await getUserRow(tx, userId);
    if ((user.banned !== true) === active) return;
    if (!active) {
      if (user.id === context.actor.id) throw new Problem("conflict", "You cannot deactivate your own account.");
      if (user.role === "admin") {
        await refuseWithoutAdministrator(tx, user.id, `${user.name} is the only active administrator.`);
      }
      await tx.session.deleteMany({ where: { userId: user.id } });
      await tx.accessToken.deleteMany({ where: { userId: user.id } });
    }
    await tx.user.update({ where: { id: user.id }, data: { banned: !active, updatedAt: context.now() } });
    await recordAudit(tx, context, {
      action: active ? "user.activate" : "user.deactivate",
      subjectId: user.id,
      subject: user.email,
    });
  });
}
