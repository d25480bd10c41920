import "server-only";
import { hashPassword } from "better-auth/crypto";
import type { Database } from "../../db/client.ts";
import { type FirstAdministrator, firstAdministratorSchema } from "../../model/account.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Actor } from "../context.ts";
import { lockUsers } from "./lock-users.ts";
import { writeUser } from "./write-user.ts";

/** What creating the first administrator needs; there is no actor yet. */
export type SetupContext = { db: Database; secret: string; now: () => Date };

let someUserWasSeen = false;

/** Whether anybody has an account. Once somebody has, it stays so: people are deactivated, never deleted. */
export async function hasUsers(db: Database): Promise<boolean> {
  someUserWasSeen ||= (await db.user.findFirst({ select: { id: true } })) !== null;
  return someUserWasSeen;
}

/**
 * Creates the first administrator of an installation.
 *
 * @throws Problem "conflict" when somebody already has an account; of two that come at once exactly one succeeds
 */
export async function createFirstAdministrator(context: SetupContext, input: FirstAdministrator): Promise<Actor> {
  const { name, email, password } = parseInput(firstAdministratorSchema, input);
  if (await context.db.user.findFirst({ select: { id: true } })) throw alreadySetUp();
  const passwordHash = await hashPassword(password);
  return context.db.$transaction(async (tx) => {
    await lockUsers(tx);
    if (await tx.user.findFirst({ select: { id: true } })) throw alreadySetUp();
    const user = await writeUser(tx, { name, email, role: "admin", passwordHash }, context.now());
    const actor: Actor = { ...user, role: "admin" };
    await recordAudit(tx, { ...context, actor }, { action: "user.create-first", subjectId: user.id, subject: email });
    return actor;
  });
}

function alreadySetUp(): Problem {
  return new Problem("conflict", "This installation already has an administrator. Sign in instead.");
}
