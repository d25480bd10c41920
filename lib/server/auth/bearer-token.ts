import "server-only";
import type { Database } from "../../db/client.ts";
import type { TokenScope } from "../../model/account.ts";
import { Problem } from "../../model/problem.ts";
import type { Actor } from "../context.ts";
import { hashAccessToken, scopeFromColumn } from "../users/access-tokens.ts";
import { actorFromUser } from "./actor.ts";

/** How exact "last used" is, ms: a busy script does not write a row with every request. */
const lastUsedPrecisionMs = 60_000;

/** Whose access token this is, what they call it, and what it is good for. Problem "unauthenticated" when unknown, revoked, expired, or of a deactivated person. */
export async function actorOfAccessToken(
  db: Database,
  secret: string,
  now: Date,
): Promise<{ actor: Actor; name: string; scope: TokenScope }> {
  const token = await db.accessToken.findUnique({
    where: { hash: hashAccessToken(secret) },
    include: { user: true },
  });
  if (!token || token.user.banned === true) throw new Problem("unauthenticated", "This access token is not valid.");
  if (token.expiresAt && token.expiresAt <= now) {
    throw new Problem("unauthenticated", `This access token expired at ${token.expiresAt.toISOString()}.`);
  }
  const writtenBefore = new Date(now.getTime() - lastUsedPrecisionMs);
  if (!token.lastUsedAt || token.lastUsedAt <= writtenBefore) {
    await db.accessToken.updateMany({ where: { id: token.id }, data: { lastUsedAt: now } });
  }
  return { actor: actorFromUser(token.user), name: token.name, scope: scopeFromColumn(token.scope) };
}
