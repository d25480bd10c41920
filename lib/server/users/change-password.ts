import "server-only";
import { hashPassword } from "better-auth/crypto";
import { type PasswordChange, passwordChangeSchema } from "../../model/account.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { type Attempt, clearAttempts, takeAttempt } from "../auth/attempt-limit.ts";
import { findAccount, isPasswordOf } from "../auth/verify-password.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { writePassword } from "./write-password.ts";

/**
 * Changes the actor's own password and ends all their sessions but one.
 *
 * @param keptSessionId the session in which it is done
 * @param address where the request comes from; guesses at the current password are limited like sign-ins
 * @throws Problem "invalid" at `currentPassword` or `newPassword`; "too-many-requests"
 */
export async function changePassword(
  context: ServerContext,
  input: PasswordChange,
  keptSessionId: string,
  address: string,
): Promise<void> {
  requirePermission(context, "password.change");
  const { currentPassword, newPassword } = parseInput(passwordChangeSchema, input);
  const { db, actor, now } = context;
  const attempt: Attempt = { email: actor.email, address };
  await takeAttempt(db, attempt, now());
  const account = await findAccount(db, actor.email);
  if (!(await isPasswordOf(account, currentPassword))) throw wrong("currentPassword", "This is not your password.");
  await clearAttempts(db, attempt);
  if (newPassword === currentPassword) throw wrong("newPassword", "This is the password you have already.");
  const passwordHash = await hashPassword(newPassword);
  await db.$transaction(async (tx) => {
    await writePassword(tx, actor.id, passwordHash, now());
    await tx.session.deleteMany({ where: { userId: actor.id, id: { not: keptSessionId } } });
    await recordAudit(tx, context, { action: "user.change-password", subjectId: actor.id, subject: actor.email });
  });
}

function wrong(path: string, message: string): Problem {
  return new Problem("invalid", message, [{ path, message }]);
}
