import "server-only";
import { z } from "zod";
import { decisionRecordSchema } from "../../model/decision-record.ts";
import { documentationListSchema } from "../../model/documentation.ts";
import { lifecycleStates } from "../../model/lifecycle.ts";
import { apiInput } from "./api-representation.ts";
import type { Operation } from "./operation.ts";
import { booleanWord, commentQuery, noQuery } from "./query-parts.ts";

/** Most APIs that are applied with one request. */
export const mostAppliedApis = 50;

/** Largest body with files: an OpenAPI document is in it, and JSON escapes its line breaks and quotes. */
export const mostAppliedBytes = 12 * 1024 * 1024;

/** An API as a file says it: its whole document, and its state. */
export const apiFileSchema = apiInput
  .extend({
    lifeCycleStatus: z
      .enum(lifecycleStates, { error: `A state is one of ${lifecycleStates.join(", ")}.` })
      .optional()
      .meta({ description: "Where its lifecycle is to be. Absent: where it is; a new API begins as CREATED." }),
    definition: z
      .union([z.string(), z.looseObject({}).nullable()], { error: "The definition is an OpenAPI document, as a text." })
      .optional()
      .meta({
        description:
          "In a file: path of its OpenAPI document, beside the file. Over REST: the document itself. Absent: the document stays. Operations are those of the document where none are named.",
      }),
    documents: documentationListSchema.optional().meta({
      description:
        "All documents that it is to have. Absent: those that it has stay. In a file, file instead of inlineContent is the path of the Markdown, beside the file.",
    }),
  })
  .meta({ id: "APIFile" });

const changeRepresentation = z.strictObject({
  subject: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

export const appliedRepresentation = z
  .strictObject({
    name: z.string(),
    version: z.string(),
    id: z.string().nullable(),
    revision: z.int().nullable(),
    action: z.enum(["create", "update", "none", "refused"]),
    changes: z.array(changeRepresentation).meta({ description: "What an update changes, in words." }),
    message: z.string().nullable().meta({ description: "Why it was refused; null: it was not." }),
    errors: z.array(z.strictObject({ path: z.string(), message: z.string() })),
  })
  .meta({ id: "AppliedAPI" });
export type AppliedRepresentation = z.infer<typeof appliedRepresentation>;

export const applyApisOperation = {
  method: "POST",
  path: "/apis/apply",
  operationId: "applyAPIs",
  summary: `Make up to ${mostAppliedApis} APIs what files say, each for itself; with dryRun only tell what would change`,
  query: z.object({ dryRun: booleanWord.default("false"), comment: commentQuery }),
  body: z.strictObject({ apis: z.array(apiFileSchema).max(mostAppliedApis) }).meta({ id: "APIFiles" }),
  answer: {
    status: 200,
    description: "What became of each, in the order of the files",
    body: z.strictObject({ count: z.int(), list: z.array(appliedRepresentation) }).meta({ id: "AppliedAPIList" }),
  },
  errors: [400, 413, 415],
} as const satisfies Operation;

export const listGatewaysOperation = {
  method: "GET",
  path: "/gateways",
  operationId: "listGateways",
  summary: "The gateways, and how far each is",
  query: noQuery,
  answer: {
    status: 200,
    description: "The gateways",
    body: z
      .strictObject({
        configRevision: z.int(),
        list: z.array(
          z.strictObject({
            id: z.string(),
            host: z.string(),
            version: z.string(),
            appliedRevision: z.int(),
            lastSeenTime: z.iso.datetime(),
            isConnected: z.boolean(),
            refusedApis: z.int(),
          }),
        ),
      })
      .meta({ id: "GatewayList" }),
  },
  errors: [],
} as const satisfies Operation;

export const listRequestsOperation = {
  method: "GET",
  path: "/apis/{apiId}/requests",
  operationId: "listRequests",
  summary: "The newest requests of an API at every gateway",
  query: z.object({ failed: booleanWord.default("false") }),
  answer: {
    status: 200,
    description: "The requests, newest first",
    body: z
      .strictObject({
        list: z.array(z.looseObject({ requestId: z.string(), at: z.string() })),
        silent: z.array(z.string()),
      })
      .meta({ id: "RequestList" }),
  },
  errors: [400, 403, 404],
} as const satisfies Operation;

export const findRequestOperation = {
  method: "GET",
  path: "/apis/{apiId}/requests/{requestId}",
  operationId: "findRequest",
  summary: "Why a request of an API went where it went",
  query: noQuery,
  answer: {
    status: 200,
    description: "The record, and the words for it",
    body: z
      .strictObject({ record: decisionRecordSchema, explanation: z.array(z.string()) })
      .meta({ id: "RequestExplanation" }),
  },
  errors: [403, 404],
} as const satisfies Operation;

/** What pipelines and the command line need beside the rest. */
export const automationOperations: readonly Operation[] = [
  applyApisOperation,
  listGatewaysOperation,
  listRequestsOperation,
  findRequestOperation,
];
