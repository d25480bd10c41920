import type { Transaction } from "../../db/client.ts";
import { documentationFromRow } from "../../db/documentation-row.ts";
import type { DocumentChange } from "../../model/document-diff.ts";
import { contentBytesOf, type DocumentationInput } from "../../model/documentation.ts";
import type { ServerContext } from "../context.ts";
import { insertDocumentation, removeDocumentation, replaceDocumentation } from "./write-documentation.ts";

type AuditedApi = { id: string; name: string; version: string };

/** The documents of an API by name, with their content. */
export async function loadDocumentation(tx: Transaction, apiId: string) {
  const rows = await tx.apiDocumentation.findMany({ where: { apiId }, orderBy: [{ name: "asc" }, { id: "asc" }] });
  return rows.map((row) => ({ row, document: documentationFromRow(row) }));
}

/** What putting these documents in the place of all that an API has would change, in words. */
export async function documentationChanges(
  tx: Transaction,
  apiId: string,
  wanted: readonly DocumentationInput[],
): Promise<DocumentChange[]> {
  const present = (await loadDocumentation(tx, apiId)).map(({ document }) => document);
  const gone = present.filter((document) => !wanted.some(isNamed(document.name)));
  return [
    ...gone.map((document) => ({ subject: `Document ${document.name}`, before: sizeOf(document), after: undefined })),
    ...wanted.flatMap((document) => changesOf(present.find(isNamed(document.name)), document)),
  ];
}

/** Makes these documents all that an API has; those that say the same stay as they are. Problem "conflict": too many. */
export async function putDocumentation(
  tx: Transaction,
  context: ServerContext,
  api: AuditedApi,
  wanted: readonly DocumentationInput[],
): Promise<void> {
  const present = await loadDocumentation(tx, api.id);
  for (const { row } of present) {
    if (!wanted.some(isNamed(row.name))) await removeDocumentation(tx, context, api, row);
  }
  for (const document of wanted) {
    const before = present.find(({ row }) => isNamed(row.name)(document));
    if (!before) await insertDocumentation(tx, context, api, document);
    else if (changesOf(before.document, document).length > 0)
      await replaceDocumentation(tx, context, api, before.row, document);
  }
}

const isNamed =
  (name: string) =>
  (document: { name: string }): boolean =>
    document.name.toLowerCase() === name.toLowerCase();

function changesOf(before: DocumentationInput | undefined, after: DocumentationInput): DocumentChange[] {
  const subject = `Document ${after.name}`;
  if (!before) return [{ subject, before: undefined, after: sizeOf(after) }];
  const parts: [string, string, string][] = [
    ["Name", before.name, after.name],
    ["Type", before.type, after.type],
    ["Name of the type", before.otherTypeName, after.type === "OTHER" ? after.otherTypeName : ""],
    ["Summary", before.summary, after.summary],
  ];
  const changes = parts.flatMap(([part, old, now]) =>
    old === now ? [] : [{ subject: `${subject}: ${part}`, before: old, after: now }],
  );
  if (contentOf(before) === contentOf(after)) return changes;
  return [...changes, { subject: `${subject}: Content`, before: sizeOf(before), after: sizeOf(after) }];
}

function contentOf(document: DocumentationInput): string {
  return document.sourceType === "URL" ? `URL ${document.sourceUrl}` : `MARKDOWN ${document.inlineContent}`;
}

/** How much there is of it, in a word: its text would fill a screen. */
function sizeOf(document: DocumentationInput): string {
  return document.sourceType === "URL" ? document.sourceUrl : `${contentBytesOf(document)} octets`;
}
