import { apiFromRow } from "../../db/api-row.ts";
import type { Api } from "../../model/api.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { type PossibleOwner, type Transfer, transferSchema } from "../../model/transfer.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { ownerRoles } from "../permission/owner-roles.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { changeBesideDocument } from "./change-beside-document.ts";
import { getApiRow } from "./find-api.ts";
import { subjectOf } from "./write-api.ts";

/** Most people that are offered. */
const mostOffered = 1_000;

const mayOwn = { banned: { not: true }, role: { in: [...ownerRoles] } };

/**
 * Gives an API to somebody else: what it is and what gateways do with it stays, and its keys go on. Who owned it reaches
 * it no longer, unless they are an administrator. Problems: not-found, forbidden; invalid at `email` for somebody who is
 * not here, is deactivated, or is a viewer.
 */
export async function transferApi(context: ServerContext, apiId: string, input: Transfer): Promise<Api> {
  const permission = requirePermission(context, "api.transfer");
  const { email } = parseInput(transferSchema, input);
  return changeBesideDocument(context, permission, apiId, async (tx, api) => {
    const next = await tx.user.findFirst({
      where: { email: { equals: email, mode: "insensitive" }, OR: [mayOwn, { ...mayOwn, banned: null }] },
      select: { id: true, name: true, email: true },
    });
    if (!next) {
      const message = "Nobody with this address may own APIs: it takes an active publisher or administrator.";
      throw new Problem("invalid", message, [{ path: "email", message }]);
    }
    await tx.api.update({ where: { id: api.id }, data: { ownerId: next.id } });
    const detail = { before: api.owner.email, after: next.email };
    await recordAudit(tx, context, { action: "api.transfer", ...subjectOf(api), detail });
    return apiFromRow({ ...api, ownerId: next.id, owner: next });
  });
}

/** To whom an API can be given, by name. Problems: not-found, forbidden. */
export async function listPossibleOwners(context: ServerContext, apiId: string): Promise<PossibleOwner[]> {
  const permission = requirePermission(context, "api.transfer");
  const { ownerId } = await getApiRow(permission, context.db, apiId);
  return context.db.user.findMany({
    where: { id: { not: ownerId }, OR: [mayOwn, { ...mayOwn, banned: null }] },
    select: { id: true, name: true, email: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: mostOffered,
  });
}
