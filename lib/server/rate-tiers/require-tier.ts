import type { Transaction } from "../../db/client.ts";
import { Problem } from "../../model/problem.ts";
import { unlimitedTier } from "../../model/rate-limit.ts";

/** Problem "invalid" at `path` unless a tier of this name is there; null is no limit, which always is. */
export async function requireTier(tx: Transaction, name: string | null | undefined, path: string): Promise<void> {
  if (name === null || name === undefined) return;
  if (await tx.rateTier.findUnique({ where: { name }, select: { name: true } })) return;
  const known = await tx.rateTier.findMany({ select: { name: true }, orderBy: { name: "asc" }, take: 20 });
  const names = [unlimitedTier, ...known.map((tier) => tier.name)].join(", ");
  const message = `There is no rate limit named ${name}. There are ${names}.`;
  throw new Problem("invalid", message, [{ path, message }]);
}
