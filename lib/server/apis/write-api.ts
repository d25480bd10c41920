import { type ApiRow, apiFromRow, apiWithOwner, columnsFromDocument, documentFromRow } from "../../db/api-row.ts";
import type { Transaction } from "../../db/client.ts";
import { jsonColumn } from "../../db/json-column.ts";
import { dropSwitchesOfGoneEndpoints } from "../../db/store-endpoint-switch.ts";
import { type Api, type ApiDocument, apiDocumentSchema } from "../../model/api.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { followChange } from "../guard/follow-change.ts";
import { requireTier } from "../rate-tiers/require-tier.ts";
import { changesBetween } from "./document-comparison.ts";
import { withoutEndpointSecrets } from "./endpoint-secrets.ts";
import { refuseUncompilable } from "./refuse-uncompilable.ts";

/** How a save is told of: in the list of revisions, and in the audit log. */
export type SaveWords = {
  /** In words, for example "Publish". */
  revisionAction: string;
  auditAction: string;
  revision: number;
  /** Why, in the saver's own words. */
  comment?: string;
  /** What the audit log tells beside the difference. */
  auditDetail?: object;
  /** Whether it is not to be watched although the API is guarded: the guard's own restore, or what was kept against it. */
  isTrusted?: boolean;
};

/**
 * Writes the document of a new API: the row, its first revision, the audit event. Problem "invalid" as gateways would.
 *
 * @param was of an API that was here before
 */
export async function insertApi(
  tx: Transaction,
  context: ServerContext,
  document: ApiDocument,
  ownerId: string,
  words: SaveWords,
  was: { id?: string; createdAt?: Date } = {},
): Promise<Api> {
  const { revision } = words;
  const now = context.now();
  refuseUncompilable(document);
  await requireTier(tx, document.runtime.rateTier, "runtime.rateTier");
  await requireTier(tx, document.runtime.jwt?.consumer?.rateTier, consumerTierPath);
  await requireOperationTiers(tx, document);
  const columns = columnsFromDocument(apiDocumentSchema.parse(document));
  const row = await tx.api.create({
    data: { ...columns, ownerId, revision, changeRevision: revision, createdAt: now, updatedAt: now, ...was },
    include: apiWithOwner,
  });
  await recordRevision(tx, context, row.id, document, words);
  const detail = { revision, document: visibleDocument(document) };
  await recordAudit(tx, context, { action: words.auditAction, ...subjectOf(row), detail });
  return visibleApi(apiFromRow(row));
}

/**
 * Writes the next document of an API over its row: the row, a revision, the audit event with the difference. Problem
 * "invalid" as gateways would.
 */
export async function replaceDocument(
  tx: Transaction,
  context: ServerContext,
  row: ApiRow,
  document: ApiDocument,
  words: SaveWords,
): Promise<Api> {
  const { revision } = words;
  const before = documentFromRow(row);
  refuseUncompilable(document, before);
  if (document.runtime.rateTier !== before.runtime.rateTier) {
    await requireTier(tx, document.runtime.rateTier, "runtime.rateTier");
  }
  const consumerTier = document.runtime.jwt?.consumer?.rateTier;
  if (consumerTier !== before.runtime.jwt?.consumer?.rateTier) await requireTier(tx, consumerTier, consumerTierPath);
  await requireOperationTiers(tx, document, before);
  const columns = columnsFromDocument(apiDocumentSchema.parse(document));
  const saved = await tx.api.update({
    where: { id: row.id },
    data: { ...columns, revision, changeRevision: revision, updatedAt: context.now() },
    include: apiWithOwner,
  });
  await dropSwitchesOfGoneEndpoints(tx, row.id, document.endpointConfig);
  await recordRevision(tx, context, row.id, document, words);
  await followChange(tx, {
    ...{ apiId: row.id, before, after: document, baseRevision: row.revision, revision },
    ...{ actorName: context.actor.name, isTrusted: words.isTrusted ?? false },
  });
  const changes = changesBetween(before, document);
  const detail = { revision, ...(words.comment && { comment: words.comment }), ...words.auditDetail, changes };
  await recordAudit(tx, context, { action: words.auditAction, ...subjectOf(row), detail });
  return visibleApi(apiFromRow(saved));
}

const consumerTierPath = "runtime.jwt.consumer.rateTier";

/** Tiers that operations name now and did not before: one that is gone meanwhile does not hold back other changes. */
async function requireOperationTiers(tx: Transaction, document: ApiDocument, before?: ApiDocument): Promise<void> {
  const known = new Set(before?.operations.map(({ rateTier }) => rateTier));
  for (const [index, { rateTier }] of document.operations.entries()) {
    if (known.has(rateTier)) continue;
    await requireTier(tx, rateTier, `operations.${index}.rateTier`);
    known.add(rateTier);
  }
}

async function recordRevision(
  tx: Transaction,
  { actor, now }: ServerContext,
  apiId: string,
  document: ApiDocument,
  { revision, revisionAction, comment = "" }: SaveWords,
): Promise<void> {
  await tx.apiRevision.create({
    data: {
      apiId,
      revision,
      document: jsonColumn(document),
      action: revisionAction,
      comment,
      actorId: actor.id,
      actorName: actor.name,
      createdAt: now(),
    },
  });
}

/** An API as the audit log names it. */
export function subjectOf(row: { id: string; name: string; version: string }) {
  return { subjectId: row.id, subject: `${row.name} ${row.version}` };
}

/** The API as it may leave the server: without the secrets of its endpoints. */
export function visibleApi(api: Api): Api {
  return { ...api, ...visibleDocument(api) };
}

/** The document as it may leave the server: without the secrets of its endpoints. */
export function visibleDocument<Document extends ApiDocument>(document: Document): Document {
  const { endpointConfig } = document;
  return endpointConfig ? { ...document, endpointConfig: withoutEndpointSecrets(endpointConfig) } : document;
}
