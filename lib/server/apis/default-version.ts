import { apiWithOwner, documentFromRow } from "../../db/api-row.ts";
import type { Transaction } from "../../db/client.ts";
import type { ServerContext } from "../context.ts";
import { replaceDocument } from "./write-api.ts";

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
