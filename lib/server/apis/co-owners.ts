import type { Transaction } from "../../db/client.ts";
import { type CoOwner, maxCoOwners, type NewCoOwner, newCoOwnerSchema } from "../../model/co-owner.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import type { PossibleOwner } from "../../model/transfer.ts";
import { isStorable } from "../../model/unstorable-text.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { requireStanding } from "../permission/require-standing.ts";
import { getApiRow } from "./find-api.ts";
import { getPossibleOwner, possibleOwners } from "./possible-owners.ts";
import { subjectOf } from "./write-api.ts";

/** The co-owners of an API, in the order in which they were added. Problems: not-found, forbidden. */
export async function listCoOwners(context: ServerContext, apiId: string): Promise<CoOwner[]> {
  const permission = requirePermission(context, "co-owner.list");
  await getApiRow(permission, context.db, apiId);
  const rows = await context.db.apiCoOwner.findMany({
    where: { apiId },
    include: { user: { select: { id: true, name: true, email: true } } },
    orderBy: [{ addedAt: "asc" }, { userId: "asc" }],
  });
  return rows.map(({ user, addedBy, addedAt }) => ({ ...user, addedBy, addedAt }));
}

/** Who can become a co-owner, by name. Problems: not-found, forbidden. */
export async function listPossibleCoOwners(context: ServerContext, apiId: string): Promise<PossibleOwner[]> {
  const permission = requirePermission(context, "co-owner.add");
  const { ownerId, coOwners } = await getApiRow(permission, context.db, apiId);
  return possibleOwners(context.db, [ownerId, ...coOwners.map(({ userId }) => userId)]);
}

/**
 * Lets somebody do with an API what its owner does, except deleting it, giving it away and choosing co-owners. It holds for
 * as long as their role allows it. Problems: not-found, forbidden; invalid at `email` for somebody who is not here, is
 * deactivated, or is a viewer; conflict for the owner, for somebody who is one already, and beyond maxCoOwners.
 */
export async function addCoOwner(context: ServerContext, apiId: string, input: NewCoOwner): Promise<CoOwner> {
  const permission = requirePermission(context, "co-owner.add");
  return context.db.$transaction(async (tx) => {
    // One after the other: both that are added at once would find a place or nobody of that name.
    await tx.$executeRaw`SELECT 1 FROM api WHERE id::text = ${apiId} FOR UPDATE`;
    const api = await getApiRow(permission, tx, apiId);
    await requireStanding(tx, context);
    const { email } = parseInput(newCoOwnerSchema, input);
    const person = await getPossibleOwner(tx, email);
    if (person.id === api.ownerId) throw conflict(`${person.name} owns this API.`);
    if (api.coOwners.some(({ userId }) => userId === person.id))
      throw conflict(`${person.name} is a co-owner already.`);
    await refuseTooManyCoOwners(tx, api.id);
    const added = { addedBy: context.actor.name, addedAt: context.now() };
    await tx.apiCoOwner.create({ data: { apiId: api.id, userId: person.id, ...added } });
    await recordAudit(tx, context, { action: "co-owner.add", ...subjectOf(api), detail: { coOwner: person.email } });
    return { ...person, ...added };
  });
}

/** Takes a co-owner away; they reach the API no longer, unless their role does. Problems: not-found, forbidden. */
export async function removeCoOwner(context: ServerContext, apiId: string, userId: string): Promise<void> {
  const permission = requirePermission(context, "co-owner.remove");
  await context.db.$transaction(async (tx) => {
    const api = await getApiRow(permission, tx, apiId);
    await requireStanding(tx, context);
    const where = { apiId_userId: { apiId: api.id, userId } };
    const found = isStorable(userId)
      ? await tx.apiCoOwner.findUnique({ where, include: { user: { select: { email: true } } } })
      : null;
    if (!found) throw new Problem("not-found", "This API has no such co-owner: they may have been removed already.");
    await tx.apiCoOwner.delete({ where });
    const detail = { coOwner: found.user.email };
    await recordAudit(tx, context, { action: "co-owner.remove", ...subjectOf(api), detail });
  });
}

/** Problem "conflict" when an API has as many co-owners as it may have. */
export async function refuseTooManyCoOwners(tx: Transaction, apiId: string): Promise<void> {
  if ((await tx.apiCoOwner.count({ where: { apiId } })) < maxCoOwners) return;
  throw conflict(`An API has at most ${maxCoOwners} co-owners: remove one first.`);
}

function conflict(message: string): Problem {
  return new Problem("conflict", message, [{ path: "email", message }]);
}
