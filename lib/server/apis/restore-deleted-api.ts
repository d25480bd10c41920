import "server-only";
import type { Transaction } from "../../db/client.ts";
import { putBackRows, tiersOfKeptKeys } from "../../db/kept-rows.ts";
import { type Api, type ApiDocument, apiDocumentSchema } from "../../model/api.ts";
import { Problem } from "../../model/problem.ts";
import { changeConfiguration } from "../change-configuration.ts";
import type { Actor, ServerContext } from "../context.ts";
import { requirePermission, requireReach } from "../permission/require-permission.ts";
import { requireTier } from "../rate-tiers/require-tier.ts";
import { isRestorable } from "./deleted-apis.ts";
import { isUuid, named } from "./find-api.ts";
import { holderInWords, refusePathConflict } from "./path-conflict.ts";
import { insertApi } from "./write-api.ts";

/**
 * Brings a deleted API back as it was: its id, owner, state, last document, history, consumers' keys, certificates and
 * documents. It is not the default version if another one became that meanwhile; scheduled changes stay cancelled.
 * Problems: not-found when it was never deleted, or too long ago; forbidden; conflict at `name` or `context` that somebody
 * took meanwhile; invalid when a rate limit of it is gone.
 */
export async function restoreDeletedApi(context: ServerContext, id: string): Promise<Api> {
  const permission = requirePermission(context, "deleted-api.restore");
  return changeConfiguration(context, async (tx, revision) => {
    const deletion = isUuid(id)
      ? await tx.apiDeletion.findFirst({ where: { apiId: id, ...isRestorable(context.now()) } })
      : null;
    if (!deletion?.ownerId) {
      throw new Problem("not-found", "There is no deleted API with this id that could be brought back.");
    }
    const owned = { name: deletion.name, version: deletion.version, ownerId: deletion.ownerId };
    requireReach(permission, { ownerId: owned.ownerId, coOwnerIds: [] });
    const last = await tx.apiRevision.findFirstOrThrow({
      where: { apiId: id },
      orderBy: { revision: "desc" },
      select: { document: true },
    });
    const document = await withoutTakenDefault(tx, apiDocumentSchema.parse(last.document));
    await refuseTakenNames(tx, context.actor, { ...owned, context: document.context });
    await refusePathConflict(tx, context.actor, document, "context");
    for (const tier of await tiersOfKeptKeys(tx, id)) await requireTier(tx, tier, "rateTier");
    const words = { revision, revisionAction: "Restore after deletion", auditAction: "deleted-api.restore" };
    const api = await insertApi(tx, context, document, owned.ownerId, words, {
      id,
      createdAt: deletion.apiCreatedAt ?? context.now(),
    });
    await putBackRows(tx, id);
    await tx.apiDeletion.delete({ where: { apiId: id } });
    return api;
  });
}

async function withoutTakenDefault(tx: Transaction, document: ApiDocument): Promise<ApiDocument> {
  if (!document.isDefaultVersion) return document;
  const isTaken = (await tx.api.count({ where: { name: document.name, isDefault: true } })) > 0;
  return isTaken ? { ...document, isDefaultVersion: false } : document;
}

/** One name is one owner's, and one context is one name's. */
async function refuseTakenNames(
  tx: Transaction,
  actor: Actor,
  api: { name: string; version: string; context: string; ownerId: string },
): Promise<void> {
  const atName = await tx.api.findFirst({
    where: { name: api.name, OR: [{ version: api.version }, { ownerId: { not: api.ownerId } }] },
    select: named,
  });
  if (atName) {
    const message = `${api.name} ${api.version} cannot come back: its name is taken by ${holderInWords(atName, actor)} now.`;
    throw new Problem("conflict", message, [{ path: "name", message }]);
  }
  const atContext = await tx.api.findFirst({
    where: { context: api.context, name: { not: api.name } },
    select: named,
  });
  if (!atContext) return;
  const holder = holderInWords(atContext, actor);
  const message = `${api.name} ${api.version} cannot come back: its context ${api.context} is taken by ${holder} now. Once that API has another context, or is deleted, it can.`;
  throw new Problem("conflict", message, [{ path: "context", message }]);
}
