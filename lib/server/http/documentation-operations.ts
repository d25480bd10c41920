import "server-only";
import { z } from "zod";
import {
  type Documentation,
  type DocumentationSummary,
  documentationSchema,
  documentSources,
  documentTypes,
} from "../../model/documentation.ts";
import type { Operation } from "./operation.ts";
import { noQuery } from "./query-parts.ts";

const infoShape = {
  documentId: z.uuid(),
  name: z.string(),
  type: z.enum(documentTypes),
  otherTypeName: z.string().meta({ description: "What type it is where that is OTHER." }),
  summary: z.string(),
  sourceType: z.enum(documentSources),
  sourceUrl: z.string().nullable(),
  revision: z.int().meta({ description: "Number of its saves; also its ETag." }),
  createdTime: z.iso.datetime(),
  createdBy: z.string(),
  lastUpdatedTime: z.iso.datetime(),
  lastUpdatedBy: z.string(),
};

const infoRepresentation = z.strictObject(infoShape).meta({ id: "DocumentInfo" });
const documentRepresentation = z
  .strictObject({ ...infoShape, inlineContent: z.string().nullable().meta({ description: "Its Markdown." }) })
  .meta({ id: "Document" });

export function infoFromDocumentation(document: DocumentationSummary): z.input<typeof infoRepresentation> {
  const { id, name, type, otherTypeName, summary, sourceType, sourceUrl, revision } = document;
  return {
    ...{ documentId: id, name, type, otherTypeName, summary, sourceType, sourceUrl, revision },
    ...{ createdTime: document.createdAt.toISOString(), createdBy: document.createdBy },
    ...{ lastUpdatedTime: document.updatedAt.toISOString(), lastUpdatedBy: document.updatedBy },
  };
}

export function representationFromDocumentation(document: Documentation): z.input<typeof documentRepresentation> {
  if (document.sourceType === "URL") return { ...infoFromDocumentation(document), inlineContent: null };
  const { inlineContent, ...summary } = document;
  return { ...infoFromDocumentation({ ...summary, sourceUrl: null }), inlineContent };
}

const tagHeader = { ETag: "The revision of the document." };
const documentBody = documentationSchema.meta({ id: "DocumentInput" });

export const listDocumentationOperation = {
  method: "GET",
  path: "/apis/{apiId}/documents",
  operationId: "getAPIDocuments",
  summary: "Documents of an API by name, without their content",
  query: noQuery,
  answer: {
    status: 200,
    description: "The documents",
    body: z.strictObject({ count: z.int(), list: z.array(infoRepresentation) }).meta({ id: "DocumentList" }),
  },
  errors: [403, 404],
} as const satisfies Operation;

export const createDocumentationOperation = {
  method: "POST",
  path: "/apis/{apiId}/documents",
  operationId: "addAPIDocument",
  summary: "Add a document: Markdown, or the address of one",
  query: noQuery,
  body: documentBody,
  answer: { status: 201, description: "The document", body: documentRepresentation, headers: tagHeader },
  errors: [400, 403, 404, 409, 413, 415],
} as const satisfies Operation;

export const getDocumentationOperation = {
  method: "GET",
  path: "/apis/{apiId}/documents/{documentId}",
  operationId: "getAPIDocumentByDocumentId",
  summary: "A document of an API",
  query: noQuery,
  answer: { status: 200, description: "The document", body: documentRepresentation, headers: tagHeader },
  errors: [403, 404],
} as const satisfies Operation;

export const updateDocumentationOperation = {
  method: "PUT",
  path: "/apis/{apiId}/documents/{documentId}",
  operationId: "updateAPIDocument",
  summary: "Put a document in the place of one; with If-Match only over the revision that it names",
  query: noQuery,
  body: documentBody,
  answer: { status: 200, description: "The document", body: documentRepresentation, headers: tagHeader },
  errors: [400, 403, 404, 409, 412, 413, 415],
} as const satisfies Operation;

export const deleteDocumentationOperation = {
  method: "DELETE",
  path: "/apis/{apiId}/documents/{documentId}",
  operationId: "deleteAPIDocument",
  summary: "Delete a document",
  query: noQuery,
  answer: { status: 200, description: "It is gone" },
  errors: [403, 404],
} as const satisfies Operation;

export const documentationContentOperation = {
  method: "GET",
  path: "/apis/{apiId}/documents/{documentId}/content",
  operationId: "getAPIDocumentContentByDocumentId",
  summary: "The Markdown of a document; of one that is elsewhere, its address",
  query: noQuery,
  answer: { status: 200, description: "The content", mediaType: "text/markdown" },
  errors: [403, 404],
} as const satisfies Operation;

export const documentationOperations: readonly Operation[] = [
  listDocumentationOperation,
  createDocumentationOperation,
  getDocumentationOperation,
  updateDocumentationOperation,
  deleteDocumentationOperation,
  documentationContentOperation,
];
