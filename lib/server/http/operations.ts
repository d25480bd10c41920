import "server-only";
import { z } from "zod";
import { apiVersionSchema } from "../../model/api-naming.ts";
import {
  apiKeyChangesInput,
  apiKeyInput,
  apiKeyRepresentation,
  keyRotationInput,
  keyTypeInput,
  newApiKeyRepresentation,
} from "./api-key-representation.ts";
import { apiInfoRepresentation, apiInput, apiRepresentation } from "./api-representation.ts";
import { automationOperations } from "./automation-operations.ts";
import { certificateOperations } from "./certificate-operations.ts";
import { coOwnerOperations } from "./co-owner-operations.ts";
import { definitionOperations } from "./definition-operations.ts";
import { deletedApiOperations } from "./deleted-api-operations.ts";
import { documentationOperations } from "./documentation-operations.ts";
import { endpointListRepresentation, endpointRepresentation, switchInput } from "./endpoint-representation.ts";
import { exportApiOperation } from "./export-operations.ts";
import { guardOperations } from "./guard-operations.ts";
import { historyOperations } from "./history-operations.ts";
import { importApiOperation } from "./import-operations.ts";
import { lifecycleStateRepresentation } from "./lifecycle-representation.ts";
import type { Operation } from "./operation.ts";
import { booleanWord, commentQuery, noQuery, wholeNumber } from "./query-parts.ts";
import { rateTierOperations } from "./rate-tier-operations.ts";
import { scheduleOperations } from "./schedule-operations.ts";
import { getStatisticsOperation, listFailuresOperation } from "./statistics-operations.ts";
import { transferApiOperation } from "./transfer-operation.ts";

const apiIdQuery = z.string({ error: "apiId is required." }).max(64);

const etag = { ETag: "The API's revision in quotes, for If-Match." };

export const listApisOperation = {
  method: "GET",
  path: "/apis",
  operationId: "listApis",
  summary: "Your APIs; all of them for an administrator",
  query: z.object({
    limit: wholeNumber("limit", 1, 500).default(25),
    offset: wholeNumber("offset", 0, 1_000_000).default(0),
    query: z.string().max(500, "A search has at most 500 characters.").default("").meta({
      description:
        "Free text, name:… context:… version:… status:… provider:…, or the name of a property before its value",
    }),
  }),
  answer: {
    status: 200,
    description: "A page of APIs",
    body: z
      .strictObject({
        count: z.int(),
        list: z.array(apiInfoRepresentation),
        pagination: z.strictObject({
          offset: z.int(),
          limit: z.int(),
          total: z.int(),
          next: z.string().meta({ description: "Path and query of the next page below the base path; empty: none." }),
          previous: z.string(),
        }),
      })
      .meta({ id: "APIList" }),
  },
  errors: [400],
} as const satisfies Operation;

export const createApiOperation = {
  method: "POST",
  path: "/apis",
  operationId: "createApi",
  summary: "Create an API",
  query: noQuery,
  body: apiInput,
  answer: {
    status: 201,
    description: "The API",
    body: apiRepresentation,
    headers: { ...etag, Location: "Where the API is." },
  },
  errors: [400, 409, 413, 415],
} as const satisfies Operation;

export const getApiOperation = {
  method: "GET",
  path: "/apis/{apiId}",
  operationId: "getApi",
  summary: "One API",
  query: noQuery,
  answer: { status: 200, description: "The API", body: apiRepresentation, headers: etag },
  errors: [403, 404],
} as const satisfies Operation;

export const updateApiOperation = {
  method: "PUT",
  path: "/apis/{apiId}",
  operationId: "updateApi",
  summary: "Replace the document of an API; with If-Match only if nobody saved in between",
  query: z.object({ comment: commentQuery }),
  body: apiInput,
  answer: { status: 200, description: "The API", body: apiRepresentation, headers: etag },
  errors: [400, 403, 404, 409, 412, 413, 415],
} as const satisfies Operation;

export const deleteApiOperation = {
  method: "DELETE",
  path: "/apis/{apiId}",
  operationId: "deleteApi",
  summary: "Delete an API and its keys; it can be brought back for 30 days",
  query: noQuery,
  answer: { status: 200, description: "It is gone" },
  errors: [403, 404, 412],
} as const satisfies Operation;

export const changeLifecycleOperation = {
  method: "POST",
  path: "/apis/change-lifecycle",
  operationId: "changeLifecycle",
  summary: "Publish, block, deprecate or retire an API",
  query: z.object({
    apiId: apiIdQuery,
    action: z.string({ error: "action is required." }).max(60).meta({ description: "Event of a transition." }),
  }),
  answer: {
    status: 200,
    description: "Where the API is now",
    body: z
      .strictObject({ workflowStatus: z.literal("APPROVED"), lifecycleState: lifecycleStateRepresentation })
      .meta({ id: "WorkflowResponse" }),
  },
  errors: [400, 403, 404],
} as const satisfies Operation;

export const getLifecycleOperation = {
  method: "GET",
  path: "/apis/{apiId}/lifecycle-state",
  operationId: "getLifecycleState",
  summary: "Where an API is in its lifecycle",
  query: noQuery,
  answer: { status: 200, description: "State and transitions", body: lifecycleStateRepresentation },
  errors: [403, 404],
} as const satisfies Operation;

export const copyApiOperation = {
  method: "POST",
  path: "/apis/copy-apis",
  operationId: "copyApi",
  summary: "Create a new version of an API",
  query: z.object({
    apiId: apiIdQuery,
    newVersion: apiVersionSchema,
    defaultVersion: booleanWord.default("false"),
  }),
  answer: {
    status: 201,
    description: "The new version",
    body: apiRepresentation,
    headers: { ...etag, Location: "Where the new version is." },
  },
  errors: [400, 403, 404, 409],
} as const satisfies Operation;

export const validateApiOperation = {
  method: "POST",
  path: "/apis/validate",
  operationId: "validateApi",
  summary: "Whether a name or a context is taken: 200 when it is, 404 when it is free",
  query: z.object({
    query: z
      .string({ error: "query is required: name:… or context:…" })
      .max(500)
      .regex(/^(name|context):./s, "The query is name:… or context:…"),
  }),
  answer: { status: 200, description: "It is taken" },
  errors: [400, 404],
} as const satisfies Operation;

export const validateEndpointOperation = {
  method: "POST",
  path: "/apis/validate-endpoint",
  operationId: "validateEndpoint",
  summary: "Ask an endpoint for a sign of life",
  query: z.object({
    endpointUrl: z.string({ error: "endpointUrl is required." }),
    apiId: apiIdQuery.optional(),
  }),
  answer: {
    status: 200,
    description: "What the endpoint answered",
    body: z
      .strictObject({
        statusCode: z.int().meta({ description: "HTTP status, or 0 when there was no answer." }),
        statusMessage: z.string(),
        error: z.string().nullable().meta({ description: "Why there was no answer; null when there was one." }),
      })
      .meta({ id: "ApiEndpointValidationResponse" }),
  },
  errors: [400, 403, 404],
} as const satisfies Operation;

export const listApiKeysOperation = {
  method: "GET",
  path: "/apis/{apiId}/api-keys",
  operationId: "listApiKeys",
  summary: "The consumer keys of an API, without the keys themselves",
  query: noQuery,
  answer: {
    status: 200,
    description: "The keys",
    body: z.strictObject({ count: z.int(), list: z.array(apiKeyRepresentation) }).meta({ id: "APIKeyList" }),
  },
  errors: [403, 404],
} as const satisfies Operation;

export const createApiKeyOperation = {
  method: "POST",
  path: "/apis/{apiId}/api-keys",
  operationId: "createApiKey",
  summary: "Create a consumer key",
  query: noQuery,
  body: apiKeyInput,
  answer: { status: 201, description: "The key, shown this once", body: newApiKeyRepresentation },
  errors: [400, 403, 404, 409, 413, 415],
} as const satisfies Operation;

export const changeApiKeyOperation = {
  method: "PATCH",
  path: "/apis/{apiId}/api-keys/{keyId}",
  operationId: "changeApiKey",
  summary: "Give a consumer key another rate limit",
  query: noQuery,
  body: apiKeyChangesInput,
  answer: { status: 200, description: "The key", body: apiKeyRepresentation },
  errors: [400, 403, 404, 413, 415],
} as const satisfies Operation;

export const rotateApiKeyOperation = {
  method: "POST",
  path: "/apis/{apiId}/api-keys/{keyId}/rotate",
  operationId: "rotateApiKey",
  summary: "Make a new key in place of a consumer key, which stays good until a time",
  query: noQuery,
  body: keyRotationInput,
  answer: { status: 200, description: "The new key, shown this once", body: newApiKeyRepresentation },
  errors: [400, 403, 404, 409, 413, 415],
} as const satisfies Operation;

export const revokeApiKeyOperation = {
  method: "DELETE",
  path: "/apis/{apiId}/api-keys/{keyId}",
  operationId: "revokeApiKey",
  summary: "Revoke a consumer key",
  query: noQuery,
  answer: { status: 200, description: "It is revoked" },
  errors: [403, 404],
} as const satisfies Operation;

export const listEndpointsOperation = {
  method: "GET",
  path: "/apis/{apiId}/endpoints",
  operationId: "listEndpoints",
  summary: "The endpoints of an API with their ids, and which of them are switched off or draining",
  query: noQuery,
  answer: {
    status: 200,
    description: "The endpoints in order of position",
    body: endpointListRepresentation,
  },
  errors: [403, 404],
} as const satisfies Operation;

export const switchEndpointOperation = {
  method: "POST",
  path: "/apis/{apiId}/endpoints/{keyType}/{endpointId}/switch",
  operationId: "switchEndpoint",
  summary: "Switch an endpoint off, on, or let it drain, at every gateway; the API's revision stays",
  query: noQuery,
  body: switchInput,
  answer: { status: 200, description: "The endpoint", body: endpointRepresentation },
  errors: [400, 403, 404, 413, 415],
} as const satisfies Operation;

export const generateKeyOperation = {
  method: "POST",
  path: "/apis/{apiId}/generate-key",
  operationId: "generateInternalAPIKey",
  summary: "A short-lived key for trying the API out, sent as Internal-Key",
  query: z.object({ keyType: keyTypeInput.default("PRODUCTION") }),
  answer: {
    status: 200,
    description: "The key",
    body: z
      .strictObject({ apikey: z.string(), validityTime: z.int().meta({ description: "Milliseconds." }) })
      .meta({ id: "TryOutKey" }),
  },
  errors: [400, 403, 404],
} as const satisfies Operation;

/** Every call there is. */
export const operations: readonly Operation[] = [
  listApisOperation,
  createApiOperation,
  getApiOperation,
  updateApiOperation,
  deleteApiOperation,
  changeLifecycleOperation,
  getLifecycleOperation,
  copyApiOperation,
  exportApiOperation,
  importApiOperation,
  validateApiOperation,
  validateEndpointOperation,
  listApiKeysOperation,
  createApiKeyOperation,
  changeApiKeyOperation,
  rotateApiKeyOperation,
  revokeApiKeyOperation,
  listEndpointsOperation,
  switchEndpointOperation,
  generateKeyOperation,
  ...definitionOperations,
  ...historyOperations,
  ...certificateOperations,
  ...documentationOperations,
  transferApiOperation,
  ...deletedApiOperations,
  ...coOwnerOperations,
  ...guardOperations,
  ...scheduleOperations,
  getStatisticsOperation,
  listFailuresOperation,
  ...rateTierOperations,
  ...automationOperations,
];
