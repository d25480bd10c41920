import "server-only";
import { z } from "zod";
import {
  type DefinitionReplacement,
  type DefinitionValidation,
  definitionReplacementSchema,
  definitionValidationSchema,
} from "../../model/definition-answer.ts";
import { namesFromDefinition } from "../../model/definition-naming.ts";
import type { DefinedOperation } from "../../model/definition-report.ts";
import type { OperationChanges } from "../../model/merge-operations.ts";
import type { ReadInput } from "../definitions/definition-input.ts";
import { apiRepresentation } from "./api-representation.ts";
import type { Operation } from "./operation.ts";
import { commentQuery, noQuery } from "./query-parts.ts";
import { definitionBodySchema, definitionFormFields } from "./read-definition-body.ts";

const booleanWord = z.enum(["true", "false"], { error: "true or false is expected here." });

export const validateOpenApiOperation = {
  method: "POST",
  path: "/apis/validate-openapi",
  operationId: "validateOpenAPIDefinition",
  summary: "Read an OpenAPI 3.0, OpenAPI 3.1 or Swagger 2.0 document, and keep nothing",
  query: z.object({ returnContent: booleanWord.default("false") }),
  body: definitionBodySchema,
  formFields: definitionFormFields,
  answer: { status: 200, description: "What it says, or all that is wrong with it", body: definitionValidationSchema },
  errors: [400, 403, 413, 415],
} as const satisfies Operation;

export const importOpenApiOperation = {
  method: "POST",
  path: "/apis/import-openapi",
  operationId: "importOpenAPIDefinition",
  summary: "Create an API from an OpenAPI document; names come from it where additionalProperties has none",
  query: noQuery,
  body: definitionBodySchema,
  formFields: definitionFormFields,
  answer: {
    status: 201,
    description: "The API",
    body: apiRepresentation,
    headers: { ETag: "The API's revision in quotes, for If-Match.", Location: "Where the API is." },
  },
  errors: [400, 403, 409, 413, 415],
} as const satisfies Operation;

export const getSwaggerOperation = {
  method: "GET",
  path: "/apis/{apiId}/swagger",
  operationId: "getAPISwagger",
  summary: "The OpenAPI document of an API, in JSON, or in YAML for Accept: application/yaml",
  query: noQuery,
  answer: {
    status: 200,
    description: "The document; a minimal one, made from its operations, where the API has none of its own",
    mediaType: "application/json",
    headers: { ETag: "The API's revision in quotes, for If-Match." },
  },
  errors: [403, 404],
} as const satisfies Operation;

export const updateSwaggerOperation = {
  method: "PUT",
  path: "/apis/{apiId}/swagger",
  operationId: "updateAPISwagger",
  summary: "Give an API another OpenAPI document; operations that stay keep security and rate limit",
  query: z.object({
    dryRun: booleanWord.default("false").meta({ description: "true: only tell what would change." }),
    comment: commentQuery,
  }),
  body: definitionBodySchema,
  formFields: definitionFormFields,
  answer: {
    status: 200,
    description: "What changed of the operations",
    body: definitionReplacementSchema,
    headers: { ETag: "The API's revision in quotes, for If-Match." },
  },
  errors: [400, 403, 404, 409, 412, 413, 415],
} as const satisfies Operation;

/** What has to do with OpenAPI documents of APIs. */
export const definitionOperations: readonly Operation[] = [
  validateOpenApiOperation,
  importOpenApiOperation,
  getSwaggerOperation,
  updateSwaggerOperation,
];

/** The answer to a document that was read. */
export function validationFrom({ text, report }: ReadInput, returnContent: boolean): DefinitionValidation {
  const content = returnContent ? text : null;
  if (!report.ok) return { isValid: false, content, info: null, errors: [...report.problems] };
  const { title, version, description, specification, syntax, servers, operations } = report.summary;
  const info = {
    ...namesFromDefinition(title, version),
    ...{ title, description, openAPIVersion: specification, syntax },
    ...{ endpoints: servers, operations: operations.map(representationFromDefined) },
  };
  return { isValid: true, content, info, errors: [] };
}

/** The answer to a document that replaced another, or would. */
export function replacementFrom(
  revision: number,
  isDryRun: boolean,
  { added, changed, removed, kept }: OperationChanges,
): DefinitionReplacement {
  const [come, altered, gone] = [added, changed, removed].map((operations) =>
    operations.map(representationFromDefined),
  );
  return { revision, isDryRun, added: come ?? [], changed: altered ?? [], removed: gone ?? [], kept };
}

function representationFromDefined({ method, path, summary, secured }: DefinedOperation) {
  const authType = secured ? ("Application & Application User" as const) : ("None" as const);
  return { target: path, verb: method, summary, authType };
}
