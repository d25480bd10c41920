import "server-only";
import type { UserSummary } from "../../model/account.ts";
import { roleFromColumn } from "../auth/actor.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

/** Most people that one page shows. */
const mostListed = 1_000;

/** Everybody with an account, by name. Administrators only. */
export async function listUsers(context: ServerContext): Promise<UserSummary[]> {
  requirePermission(context, "user.list");
  const open = { expiresAt: { gt: context.now() } };
  const users = await context.db.user.findMany({
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: mostListed,
    include: {
      _count: { select: { apis: true } },
      sessions: { where: open, select: { updatedAt: true } },
      accessTokens: { select: { lastUsedAt: true } },
    },
  });
  return users.map((user) => ({
    id: user.id,
    name: user.name,
    email: user.email,
    role: roleFromColumn(user.role),
    active: user.banned !== true,
    createdAt: user.createdAt,
    lastSeenAt: latest([
      ...user.sessions.map(({ updatedAt }) => updatedAt),
      ...user.accessTokens.map(({ lastUsedAt }) => lastUsedAt),
    ]),
    openSessions: user.sessions.length,
    hasSecondFactor: user.twoFactorEnabled === true,
    apis: user._count.apis,
  }));
}

function latest(dates: readonly (Date | null)[]): Date | null {
  return dates.reduce((newest, date) => (date && (!newest || date > newest) ? date : newest), null);
}
