import "server-only";
import { randomUUID } from "node:crypto";
import type { Transaction } from "../../db/client.ts";

/** Replaces the stored hash of a person's password. Credentials that were verified against the old one stop working. */
export async function writePassword(tx: Transaction, userId: string, passwordHash: string, now: Date): Promise<void> {
  const data = { password: passwordHash, updatedAt: now };
  const { count } = await tx.account.updateMany({ where: { userId, providerId: "credential" }, data });
  if (count > 0) return;
  await tx.account.create({
    data: { id: randomUUID(), accountId: userId, providerId: "credential", userId, ...data },
  });
}
