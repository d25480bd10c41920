import type { ApiRow } from "../../db/api-row.ts";
import type { Transaction } from "../../db/client.ts";
import { columnsFromDocumentation, documentationFromRow } from "../../db/documentation-row.ts";
import type { ApiDocumentation } from "../../db/generated/client.ts";
import {
  contentBytesOf,
  type Documentation,
  type DocumentationInput,
  mostContentBytesInAll,
  mostDocuments,
} from "../../model/documentation.ts";
import { Problem } from "../../model/problem.ts";
import { getApiRow } from "../apis/find-api.ts";
import { subjectOf } from "../apis/write-api.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import type { Permission } from "../permission/require-permission.ts";
import { requireStanding } from "../permission/require-standing.ts";

/**
 * Runs one change of an API's documents, in one transaction. Changes of one API's documents come one after the other, so
 * that their bounds hold. Gateways hear nothing of it.
 */
export async function changeDocumentation<Value>(
  context: ServerContext,
  permission: Permission,
  apiId: string,
  work: (tx: Transaction, api: ApiRow) => Promise<Value>,
): Promise<Value> {
  return context.db.$transaction(async (tx) => {
    const api = await getApiRow(permission, tx, apiId);
    await tx.$queryRaw`SELECT 1 AS locked FROM api WHERE id = ${api.id}::uuid FOR NO KEY UPDATE`;
    await requireStanding(tx, context);
    return work(tx, api);
  });
}

type AuditedApi = { id: string; name: string; version: string };

/** Writes a new document. Problem "conflict": its name is taken, or there are too many. */
export async function insertDocumentation(
  tx: Transaction,
  context: ServerContext,
  api: AuditedApi,
  given: DocumentationInput,
): Promise<Documentation> {
  await refuseTakenName(tx, api.id, given.name);
  await refuseTooMuch(tx, api.id, given);
  const { actor, now } = context;
  const at = now();
  const row = await tx.apiDocumentation.create({
    data: {
      ...columnsFromDocumentation(given),
      ...{ apiId: api.id, contentBytes: contentBytesOf(given) },
      ...{ createdBy: actor.name, createdAt: at, updatedBy: actor.name, updatedAt: at },
    },
  });
  await recordAudit(tx, context, { action: "documentation.create", ...subjectOf(api), detail: detailOf(row) });
  return documentationFromRow(row);
}

/** Writes over a document. Problem "conflict": its name is another one's, or there would be too much. */
export async function replaceDocumentation(
  tx: Transaction,
  context: ServerContext,
  api: AuditedApi,
  before: ApiDocumentation,
  given: DocumentationInput,
): Promise<Documentation> {
  if (given.name !== before.name) await refuseTakenName(tx, api.id, given.name);
  await refuseTooMuch(tx, api.id, given, before.id);
  const row = await tx.apiDocumentation.update({
    where: { id: before.id },
    data: {
      ...columnsFromDocumentation(given),
      ...{ contentBytes: contentBytesOf(given), revision: before.revision + 1 },
      ...{ updatedBy: context.actor.name, updatedAt: context.now() },
    },
  });
  const detail = {
    ...{ before: detailOf(before), after: detailOf(row) },
    contentChanged: before.content !== row.content,
  };
  await recordAudit(tx, context, { action: "documentation.update", ...subjectOf(api), detail });
  return documentationFromRow(row);
}

/** Takes a document away. */
export async function removeDocumentation(
  tx: Transaction,
  context: ServerContext,
  api: AuditedApi,
  row: ApiDocumentation,
): Promise<void> {
  await tx.apiDocumentation.delete({ where: { id: row.id } });
  await recordAudit(tx, context, { action: "documentation.delete", ...subjectOf(api), detail: detailOf(row) });
}

/** What the audit log tells of a document: not its text. */
function detailOf({ name, type, otherTypeName, summary, sourceUrl, contentBytes }: ApiDocumentation) {
  return { document: name, type, otherTypeName, summary, sourceUrl, contentBytes };
}

async function refuseTakenName(tx: Transaction, apiId: string, name: string): Promise<void> {
  const holder = await tx.apiDocumentation.findFirst({
    where: { apiId, name: { equals: name, mode: "insensitive" } },
    select: { id: true },
  });
  if (!holder) return;
  const message = `This API has a document ${name} already. Choose another name.`;
  throw new Problem("conflict", message, [{ path: "name", message }]);
}

async function refuseTooMuch(tx: Transaction, apiId: string, given: DocumentationInput, exceptId?: string) {
  const others = await tx.apiDocumentation.aggregate({
    where: { apiId, ...(exceptId !== undefined && { id: { not: exceptId } }) },
    _count: true,
    _sum: { contentBytes: true },
  });
  if (others._count >= mostDocuments) {
    throw new Problem("conflict", `An API has at most ${mostDocuments} documents. Delete one of them first.`);
  }
  if ((others._sum.contentBytes ?? 0) + contentBytesOf(given) <= mostContentBytesInAll) return;
  const message = `All documents of an API have at most ${mostContentBytesInAll / 1024 / 1024} MiB together.`;
  throw new Problem("conflict", message, [{ path: "inlineContent", message }]);
}
