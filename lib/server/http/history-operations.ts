import "server-only";
import { z } from "zod";
import { apiRepresentation } from "./api-representation.ts";
import type { Operation } from "./operation.ts";
import { commentQuery, noQuery, wholeNumber } from "./query-parts.ts";
import {
  comparisonRepresentation,
  revisionListRepresentation,
  revisionRepresentation,
} from "./revision-representation.ts";

const largestRevision = 2_147_483_647;

export const listRevisionsOperation = {
  method: "GET",
  path: "/apis/{apiId}/revisions",
  operationId: "getAPIRevisions",
  summary: "The saves of an API with what each changed, the newest first",
  query: z.object({
    limit: wholeNumber("limit", 1, 100).default(25),
    before: wholeNumber("before", 1, largestRevision)
      .optional()
      .meta({ description: "Only revisions of a smaller number." }),
  }),
  answer: { status: 200, description: "A page of revisions", body: revisionListRepresentation },
  errors: [400, 403, 404],
} as const satisfies Operation;

export const getRevisionOperation = {
  method: "GET",
  path: "/apis/{apiId}/revisions/{revisionId}",
  operationId: "getAPIRevision",
  summary: "One revision with its document, without the secrets of its endpoints",
  query: noQuery,
  answer: { status: 200, description: "The revision", body: revisionRepresentation },
  errors: [403, 404],
} as const satisfies Operation;

export const compareRevisionsOperation = {
  method: "GET",
  path: "/apis/{apiId}/revisions/compare",
  operationId: "compareAPIRevisions",
  summary: "What differs between two revisions, in words",
  query: z.object({ from: wholeNumber("from", 0, largestRevision), to: wholeNumber("to", 0, largestRevision) }),
  answer: { status: 200, description: "The differences", body: comparisonRepresentation },
  errors: [400, 403, 404],
} as const satisfies Operation;

export const restoreRevisionOperation = {
  method: "POST",
  path: "/apis/{apiId}/restore-revision",
  operationId: "restoreAPIRevision",
  summary: "Make an earlier revision the present one, as a new revision; with If-Match only if nobody saved in between",
  query: z.object({ revisionId: wholeNumber("revisionId", 0, largestRevision), comment: commentQuery }),
  answer: {
    status: 201,
    description: "The API as it is now",
    body: apiRepresentation,
    headers: { ETag: "The API's revision in quotes, for If-Match." },
  },
  errors: [400, 403, 404, 409, 412],
} as const satisfies Operation;

/** The calls of an API's history. */
export const historyOperations: readonly Operation[] = [
  listRevisionsOperation,
  getRevisionOperation,
  compareRevisionsOperation,
  restoreRevisionOperation,
];
