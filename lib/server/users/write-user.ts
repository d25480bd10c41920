import "server-only";
import { randomUUID } from "node:crypto";
import type { Transaction } from "../../db/client.ts";
import type { UserRole } from "../../model/account.ts";

/** Writes a person and their password (already hashed) the way better-auth reads them. */
export async function writeUser(
  tx: Transaction,
  user: { name: string; email: string; role: UserRole; passwordHash: string },
  now: Date,
): Promise<{ id: string; name: string; email: string }> {
  const id = randomUUID();
  await tx.user.create({
    data: {
      id,
      name: user.name,
      email: user.email,
      emailVerified: true,
      role: user.role,
      createdAt: now,
      updatedAt: now,
      accounts: {
        create: { id: randomUUID(), accountId: id, providerId: "credential", password: user.passwordHash },
      },
    },
  });
  return { id, name: user.name, email: user.email };
}
