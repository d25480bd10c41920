import { apiWithOwner, documentFromRow } from "../../db/api-row.ts";
import type { Transaction } from "../../db/client.ts";
import type { ApiDocument } from "../../model/api.ts";
import type { ServerContext } from "../context.ts";
import { refusePathConflict } from "./path-conflict.ts";
import { replaceDocument } from "./write-api.ts";

/**
 * Lets a stored API become the default version of its name where the change says so. Problems: conflict when another API
 * answers at the path without the version.
 */
export async function becomeDefaultVersion(
  tx: Transaction,
  context: ServerContext,
  id: string,
  { before, after }: { before: ApiDocument; after: ApiDocument },
  revision: number,
): Promise<void> {
  if (!after.isDefaultVersion || before.isDefaultVersion) return;
  await refusePathConflict(tx, context.actor, { id, ...after }, "context");
  await clearDefaultVersion(tx, context, { id, ...after }, revision);
}

/**
 * Gives the default version back to the one that lost it to a change that is taken back, if nobody else has it by now.
 *
 * @param takenAt the revision of the change: the loss was a save of that same number
 */
export async function giveDefaultBack(
  tx: Transaction,
  context: ServerContext,
  { id, name }: { id: string; name: string },
  takenAt: number,
  revision: number,
): Promise<void> {
  const versions = await tx.api.findMany({ where: { name, id: { not: id } }, include: apiWithOwner });
  if (versions.some(({ isDefault }) => isDefault)) return;
  const lost = await tx.apiRevision.findFirst({
    where: { revision: takenAt, apiId: { in: versions.map((version) => version.id) } },
    select: { apiId: true },
  });
  const sibling = versions.find((version) => version.id === lost?.apiId);
  if (!sibling) return;
  const document = { ...documentFromRow(sibling), isDefaultVersion: true };
  const revisionAction = "Default version again";
  const words = { revision, revisionAction, auditAction: "api.update", isTrusted: true };
  await replaceDocument(tx, context, sibling, document, words);
}

/**
 * Makes room for a new default version: the present one of that name stops being it, which is a save of its own with a
 * revision in its history.
 */
export async function clearDefaultVersion(
  tx: Transaction,
  context: ServerContext,
  next: { id?: string; name: string; version: string },
  revision: number,
): Promise<void> {
  const siblings = await tx.api.findMany({
    where: { name: next.name, isDefault: true, ...(next.id === undefined ? {} : { id: { not: next.id } }) },
    include: apiWithOwner,
  });
  for (const sibling of siblings) {
    const document = { ...documentFromRow(sibling), isDefaultVersion: false };
    const revisionAction = `Default version is now ${next.version}`;
    await replaceDocument(tx, context, sibling, document, { revision, revisionAction, auditAction: "api.update" });
  }
}
