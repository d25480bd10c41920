import "server-only";
import { z } from "zod";
import { roleProblem, type UserRole, userRoles } from "../../model/account.ts";
import { parseInput } from "../../model/parse-input.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { getUserRow, lockUsers, refuseWithoutAdministrator } from "./lock-users.ts";

const roleInputSchema = z.strictObject({ role: z.enum(userRoles, { error: roleProblem }) });

/**
 * Gives a person a role; it counts from their next request on. Administrators only.
 *
 * @throws Problem "conflict" when this would leave no active administrator
 */
export async function setUserRole(context: ServerContext, userId: string, newRole: UserRole): Promise<void> {
  requirePermission(context, "user.set-role");
  const { role } = parseInput(roleInputSchema, { role: newRole });
  await context.db.$transaction(async (tx) => {
    await lockUsers(tx);
    const user = await getUserRow(tx, userId);
    if (user.role === role) return;
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
