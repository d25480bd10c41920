import { type ApiRow, apiFromRow } from "../../db/api-row.ts";
import type { Transaction } from "../../db/client.ts";
import type { Api } from "../../model/api.ts";
import { parseInput } from "../../model/parse-input.ts";
import { type PossibleOwner, type Transfer, transferSchema } from "../../model/transfer.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { changeBesideDocument } from "./change-beside-document.ts";
import { refuseTooManyCoOwners } from "./co-owners.ts";
import { getApiRow } from "./find-api.ts";
import { getPossibleOwner, possibleOwners } from "./possible-owners.ts";
import { subjectOf } from "./write-api.ts";

/**
 * Gives an API to somebody else: what it is and what gateways do with it stays, and its keys go on. Who owned it reaches
 * it no longer, unless they stay as a co-owner or are an administrator. Problems: not-found, forbidden; invalid at `email`
 * for somebody who is not here, is deactivated, or is a viewer.
 */
export async function transferApi(context: ServerContext, apiId: string, input: Transfer): Promise<Api> {
  const permission = requirePermission(context, "api.transfer");
  const { email, staysCoOwner } = parseInput(transferSchema, input);
  return changeBesideDocument(context, permission, apiId, async (tx, api) => {
    const next = await getPossibleOwner(tx, email);
    await tx.apiCoOwner.deleteMany({ where: { apiId, userId: next.id } });
    if (staysCoOwner && next.id !== api.ownerId) await addOwnerAsCoOwner(tx, context, api);
    await tx.api.update({ where: { id: api.id }, data: { ownerId: next.id } });
    const detail = { before: api.owner.email, after: next.email, ...(staysCoOwner && { staysCoOwner }) };
    await recordAudit(tx, context, { action: "api.transfer", ...subjectOf(api), detail });
    return apiFromRow(await getApiRow({ ...permission, reach: "any" }, tx, apiId));
  });
}

/** To whom an API can be given, by name. Problems: not-found, forbidden. */
export async function listPossibleOwners(context: ServerContext, apiId: string): Promise<PossibleOwner[]> {
  const permission = requirePermission(context, "api.transfer");
  const { ownerId } = await getApiRow(permission, context.db, apiId);
  return possibleOwners(context.db, [ownerId]);
}

async function addOwnerAsCoOwner(tx: Transaction, { actor, now }: ServerContext, api: ApiRow): Promise<void> {
  await refuseTooManyCoOwners(tx, api.id);
  await tx.apiCoOwner.create({
    data: { apiId: api.id, userId: api.ownerId, addedBy: actor.name, addedAt: now() },
  });
}
