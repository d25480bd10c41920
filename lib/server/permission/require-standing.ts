import "server-only";
import type { Transaction } from "../../db/client.ts";
import { Problem } from "../../model/problem.ts";
import { roleFromColumn } from "../auth/actor.ts";
import type { ServerContext } from "../context.ts";

/**
 * Refuses a change by somebody whose role was changed, or who was deactivated, while their request was on its way: what it
 * was permitted by does not hold any more. Asked inside the transaction that writes, after it has waited for others.
 * What the publisher does by itself is nobody's request. Problem "forbidden".
 */
export async function requireStanding(
  tx: Transaction,
  { actor, origin }: Pick<ServerContext, "actor" | "origin">,
): Promise<void> {
  if (!origin) return;
  const roles = new Map([[actor.id, actor.role]]);
  if (origin.actingAdmin) roles.set(origin.actingAdmin.id, "admin");
  const rows = await tx.user.findMany({
    where: { id: { in: [...roles.keys()] } },
    select: { id: true, role: true, banned: true },
  });
  const present = new Map(rows.map(({ id, role, banned }) => [id, banned ? undefined : roleFromColumn(role)]));
  for (const [id, role] of roles) {
    if (present.get(id) === role) continue;
    const message =
      "Your role or your account was changed while this was on its way, so nothing was changed. Try again.";
    throw new Problem("forbidden", message);
  }
}
