import "server-only";
import { hashPassword } from "better-auth/crypto";
import type { Transaction } from "../../db/client.ts";
import { type NewUser, newUserSchema } from "../../model/account.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { requireStanding } from "../permission/require-standing.ts";
import { lockUsers } from "./lock-users.ts";
import { writeUser } from "./write-user.ts";

/**
 * Adds a person with an initial password. Administrators only.
 *
 * @throws Problem "conflict" at `email` when somebody has that address
 */
export async function createUser(context: ServerContext, input: NewUser): Promise<{ id: string }> {
  requirePermission(context, "user.create");
  const { password, ...person } = parseInput(newUserSchema, input);
  await refuseTakenEmail(context.db, person.email);
  const passwordHash = await hashPassword(password);
  return context.db.$transaction(async (tx) => {
    await lockUsers(tx);
    await requireStanding(tx, context);
    await refuseTakenEmail(tx, person.email);
    const { id } = await writeUser(tx, { ...person, passwordHash }, context.now());
    await recordAudit(tx, context, {
      action: "user.create",
      subjectId: id,
      subject: person.email,
      detail: { name: person.name, role: person.role },
    });
    return { id };
  });
}

async function refuseTakenEmail(db: Pick<Transaction, "user">, email: string): Promise<void> {
  if (!(await db.user.findUnique({ where: { email }, select: { id: true } }))) return;
  const message = "Somebody with this e-mail address has an account already.";
  throw new Problem("conflict", message, [{ path: "email", message }]);
}
