import "server-only";
import type { Transaction } from "../../db/client.ts";
import { Problem } from "../../model/problem.ts";

/** Key of the advisory lock under which accounts change. */
const usersLock = 4_117_701;

/**
 * Lets changes of accounts come one after the other until the transaction ends, so that rules about all of them ("there is
 * always an active administrator") hold against two changes at once.
 */
export async function lockUsers(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${usersLock})`;
}

/** The row of a person. Problem "not-found" when there is none. */
export async function getUserRow(tx: Transaction, userId: string) {
  const user = await tx.user.findUnique({ where: { id: userId } });
  if (!user) throw new Problem("not-found", "There is no user with this id.");
  return user;
}

/** Refuses to take away the last active administrator. */
export async function refuseWithoutAdministrator(tx: Transaction, leavingId: string, message: string): Promise<void> {
  const others = await tx.user.count({
    where: { role: "admin", id: { not: leavingId }, OR: [{ banned: false }, { banned: null }] },
  });
  if (others === 0) throw new Problem("conflict", message);
}
