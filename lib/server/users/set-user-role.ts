import "server-only";
import { z } from "zod";
import { roleProblem, type UserRole, userRoles } from "../../model/account.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { requireStanding } from "../permission/require-standing.ts";
import { getUserRow, lockUsers, refuseWithoutAdministrator } from "./lock-users.ts";

const roleInputSchema = z.strictObject({ role: z.enum(userRoles, { error: roleProblem }) });

/**
 * Gives a person a role; it counts from their next request on. Administrators only.
 *
 * @param seenRole what the administrator was looking at; absent: whatever it is
 * @throws Problem "conflict" when this would leave no active administrator, or when somebody else gave another role meanwhile
 */
export async function setUserRole(
  context: ServerContext,
  userId: string,
  newRole: UserRole,
  seenRole?: UserRole,
): Promise<void> {
  requirePermission(context, "user.set-role");
  const { role } = parseInput(roleInputSchema, { role: newRole });
  await context.db.$transaction(async (tx) => {
    await lockUsers(tx);
    await requireStanding(tx, context);
    const user = await getUserRow(tx, userId);
    if (user.role === role) return;
    if (seenRole !== undefined && user.role !== seenRole) {
      const message = `Somebody else changed the role of ${user.name} meanwhile: it is ${user.role} now. Look again before you change it.`;
      throw new Problem("conflict", message);
    }
    if (role !== "admin") {
      const message = `${user.name} is the only active administrator. Make somebody else an administrator first.`;
      await refuseWithoutAdministrator(tx, user.id, message);
    }
    await tx.user.update({ where: { id: user.id }, data: { role, updatedAt: context.now() } });
    await recordAudit(tx, context, {
      action: "user.role",
      subjectId: user.id,
      subject: user.email,
      detail: { before: user.role, after: role },
    });
  });
}
