import "server-only";
import { hashPassword, verifyPassword } from "better-auth/crypto";
import type { Database } from "../../db/client.ts";
import type { Actor } from "../context.ts";
import { actorFromUser } from "./actor.ts";

/** A person who may sign in, with the stored hash of their password. */
export type AccountWithPassword = { actor: Actor; passwordHash: string; active: boolean; hasSecondFactor: boolean };

/** The account of an e-mail address, or undefined. */
export async function findAccount(db: Database, email: string): Promise<AccountWithPassword | undefined> {
  const user = await db.user.findUnique({
    where: { email: email.toLowerCase() },
    include: { accounts: { where: { providerId: "credential" }, select: { password: true } } },
  });
  const passwordHash = user?.accounts[0]?.password;
  if (!user || !passwordHash) return undefined;
  const hasSecondFactor = user.twoFactorEnabled === true;
  return { actor: actorFromUser(user), passwordHash, active: user.banned !== true, hasSecondFactor };
}

/** Whether the password is the account's. Takes the same time (about 125 ms of CPU) when there is no account. */
export async function isPasswordOf(account: AccountWithPassword | undefined, password: string): Promise<boolean> {
  if (account) return verifyPassword({ hash: account.passwordHash, password });
  await hashPassword(password);
  return false;
}
