import "server-only";
import { hashPassword } from "better-auth/crypto";
import { z } from "zod";
import { newPasswordSchema } from "../../model/account.ts";
import { parseInput } from "../../model/parse-input.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { requireStanding } from "../permission/require-standing.ts";
import { getUserRow } from "./lock-users.ts";
import { writePassword } from "./write-password.ts";

const resetSchema = z.strictObject({ password: newPasswordSchema });

/** Gives a person a new password and ends their sessions. Administrators only. */
export async function resetUserPassword(context: ServerContext, userId: string, newPassword: string): Promise<void> {
  requirePermission(context, "user.reset-password");
  const { password } = parseInput(resetSchema, { password: newPassword });
  const passwordHash = await hashPassword(password);
  await context.db.$transaction(async (tx) => {
    await requireStanding(tx, context);
    const user = await getUserRow(tx, userId);
    await writePassword(tx, user.id, passwordHash, context.now());
    await tx.session.deleteMany({ where: { userId: user.id } });
    await recordAudit(tx, context, { action: "user.reset-password", subjectId: user.id, subject: user.email });
  });
}
