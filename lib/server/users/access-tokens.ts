import "server-only";
import { createHash, randomBytes } from "node:crypto";
import {
  type AccessToken,
  accessTokenPrefix,
  type NewAccessToken,
  newAccessTokenSchema,
  type TokenScope,
  tokenScopes,
} from "../../model/account.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { isUuid } from "../apis/find-api.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { requireStanding } from "../permission/require-standing.ts";
import { lockUsers } from "./lock-users.ts";

/** Most tokens that one person can have. */
const mostTokens = 50;

const visible = {
  id: true,
  name: true,
  prefix: true,
  scope: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
} as const;

/** How a token is stored: SHA-256, lower-case hex. Its 256 random bits need no slow hash. */
export function hashAccessToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** A scope that nobody knows is the smallest. */
export function scopeFromColumn(scope: string): TokenScope {
  return tokenScopes.find((known) => known === scope) ?? "read";
}

/** The actor's tokens for the REST API, the newest first. */
export async function listAccessTokens(context: ServerContext): Promise<AccessToken[]> {
  requirePermission(context, "access-token.list");
  const { db, actor } = context;
  const where = { userId: actor.id };
  const rows = await db.accessToken.findMany({ where, orderBy: { createdAt: "desc" }, select: visible });
  return rows.map((row) => ({ ...row, scope: scopeFromColumn(row.scope) }));
}

/**
 * Creates a token with the actor's own rights, or a part of them; `secret` is the token itself, shown this once.
 *
 * @throws Problem "invalid", for an expiry that has passed too; "conflict" at `name`, or when there are 50 already
 */
export async function createAccessToken(
  context: ServerContext,
  input: NewAccessToken,
): Promise<{ token: AccessToken; secret: string }> {
  requirePermission(context, "access-token.create");
  const { name, scope, expiresAt } = parseInput(newAccessTokenSchema, input);
  const { actor, db, now } = context;
  if (expiresAt && expiresAt <= now()) throw wrong("invalid", "expiresAt", "The expiry has to be in the future.");
  const secret = `${accessTokenPrefix}${randomBytes(32).toString("base64url")}`;
  const prefix = secret.slice(0, accessTokenPrefix.length + 6);
  return db.$transaction(async (tx) => {
    await lockUsers(tx);
    await requireStanding(tx, context);
    const present = await tx.accessToken.findMany({ where: { userId: actor.id }, select: { name: true } });
    if (present.some((token) => token.name === name)) {
      throw wrong("conflict", "name", `You have a token named ${name}. Revoke it, or choose another name.`);
    }
    if (present.length >= mostTokens) {
      throw new Problem("conflict", `You have ${mostTokens} tokens. Revoke one that is no longer used.`);
    }
    const token = await tx.accessToken.create({
      data: { userId: actor.id, name, prefix, scope, hash: hashAccessToken(secret), expiresAt, createdAt: now() },
      select: visible,
    });
    await recordAudit(tx, context, {
      action: "access-token.create",
      subjectId: token.id,
      subject: name,
      detail: { prefix, scope, expiresAt: expiresAt?.toISOString() ?? null },
    });
    return { token: { ...token, scope }, secret };
  });
}

/** Revokes one of the actor's tokens at once. Problem "not-found" for any other. */
export async function revokeAccessToken(context: ServerContext, tokenId: string): Promise<void> {
  requirePermission(context, "access-token.revoke");
  await context.db.$transaction(async (tx) => {
    const where = { id: tokenId, userId: context.actor.id };
    const token = isUuid(tokenId) ? await tx.accessToken.findFirst({ where, select: visible }) : null;
    if (!token) throw new Problem("not-found", "There is no such token: it may have been revoked already.");
    await tx.accessToken.deleteMany({ where });
    await recordAudit(tx, context, { action: "access-token.revoke", subjectId: token.id, subject: token.name });
  });
}

function wrong(kind: "invalid" | "conflict", path: string, message: string): Problem {
  return new Problem(kind, message, [{ path, message }]);
}
