import { type Documentation, type DocumentationInput, documentTypes } from "../model/documentation.ts";
import type { ApiDocumentation } from "./generated/client.ts";

/** A document as it is stored. Throws when its type is none we know. */
export function documentationFromRow(row: ApiDocumentation): Documentation {
  const type = documentTypes.find((known) => known === row.type);
  if (!type) throw new Error(`The document ${row.id} is of the unknown type ${row.type}`);
  const { id, name, otherTypeName, summary, contentBytes, revision, createdBy, createdAt, updatedBy, updatedAt } = row;
  return {
    ...{ id, name, type, otherTypeName, summary, contentBytes, revision, createdBy, createdAt, updatedBy, updatedAt },
    ...(row.sourceUrl === null
      ? { sourceType: "MARKDOWN", inlineContent: row.content }
      : { sourceType: "URL", sourceUrl: row.sourceUrl }),
  };
}

/** The columns that say what was written of a document. */
export function columnsFromDocumentation(document: DocumentationInput) {
  const { name, type, otherTypeName, summary } = document;
  const isHere = document.sourceType === "MARKDOWN";
  return {
    ...{ name, type, otherTypeName: type === "OTHER" ? otherTypeName : "", summary },
    content: isHere ? document.inlineContent : "",
    sourceUrl: isHere ? null : document.sourceUrl,
  };
}
