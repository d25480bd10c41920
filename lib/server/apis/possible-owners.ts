import type { Database, Transaction } from "../../db/client.ts";
import { Problem } from "../../model/problem.ts";
import type { PossibleOwner } from "../../model/transfer.ts";
import { ownerRoles } from "../permission/owner-roles.ts";

/** Most people that are offered. */
const mostOffered = 1_000;

const mayOwn = { banned: { not: true }, role: { in: [...ownerRoles] } };
const somebody = { OR: [mayOwn, { ...mayOwn, banned: null }] };
const person = { id: true, name: true, email: true } as const;

/** Who may own APIs, by name, without some of them. */
export function possibleOwners(db: Database, without: readonly string[]): Promise<PossibleOwner[]> {
  return db.user.findMany({
    where: { id: { notIn: [...without] }, ...somebody },
    select: person,
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: mostOffered,
  });
}

/** Who may own APIs and has this address. Problem "invalid" at `email` for somebody who is not here, is deactivated, or is a viewer. */
export async function getPossibleOwner(tx: Transaction, email: string): Promise<PossibleOwner> {
  const found = await tx.user.findFirst({
    where: { email: { equals: email, mode: "insensitive" }, ...somebody },
    select: person,
  });
  if (found) return found;
  const message = "Nobody with this address may own APIs: it takes an active publisher or administrator.";
  throw new Problem("invalid", message, [{ path: "email", message }]);
}
