import "server-only";
import { STATUS_CODES } from "node:http";
import { z } from "zod";
import { isRecord } from "../../model/wso2-value.ts";
import { type Operation, restBasePath } from "./operation.ts";
import { operations } from "./operations.ts";

type Json = Record<string, unknown>;

/** What every error looks like. */
export const errorRepresentation = z
  .strictObject({
    code: z.int().min(900_000).max(900_999),
    message: z.string(),
    description: z.string(),
    moreInfo: z.string(),
    error: z.array(
      z.strictObject({
        code: z.string(),
        message: z.string(),
        path: z
          .string()
          .meta({ description: "Dotted path into the request, such as endpointConfig.sandbox_endpoints.url" }),
      }),
    ),
  })
  .meta({ id: "Error" });

/** Errors that every call can have. */
const commonErrors = [401, 429, 500];

/** The OpenAPI 3.1 document of the REST API, made from what its requests are parsed with. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: operationObject(operation) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Fairlead publisher",
      version: "v4",
      description: "Publishes APIs, in the vocabulary of the WSO2 API Manager Publisher API v4.",
    },
    servers: [{ url: restBasePath }],
    security: [{ basic: [] }, { accessToken: [] }],
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        basic: { type: "http", scheme: "basic", description: "E-mail address and password." },
        accessToken: { type: "http", scheme: "bearer", description: "A personal access token." },
      },
    },
  };
}

function operationObject(operation: Operation): Json {
  const { operationId, summary, path, query, body, formFields, upload, answer, errors } = operation;
  const parameters = [...pathParameters(path), ...queryParameters(query)];
  return {
    operationId,
    summary,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(upload ? { requestBody: { required: true, content: uploadContent() } } : {}),
    ...(body ? { requestBody: { required: true, content: { ...jsonContent(body), ...formContent(formFields) } } } : {}),
    responses: {
      [answer.status]: {
        description: answer.description,
        ...(answer.headers ? { headers: headerObjects(answer.headers) } : {}),
        ...(answer.body ? { content: jsonContent(answer.body) } : {}),
        ...(answer.mediaType
          ? { content: { [answer.mediaType]: { schema: { type: "string", format: "binary" } } } }
          : {}),
      },
      ...Object.fromEntries(
        [...commonErrors, ...errors].map((status) => [
          status,
          { description: STATUS_CODES[status] ?? "Error", content: jsonContent(errorRepresentation) },
        ]),
      ),
    },
  };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters(query: z.ZodObject): Json[] {
  const schema = z.toJSONSchema(query, { io: "input" });
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: "query",
    required: schema.required?.includes(name) ?? false,
    schema: withComponentReferences(property),
  }));
}

function headerObjects(headers: Record<string, string>): Json {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: "string" } }]),
  );
}

function jsonContent(schema: z.ZodType): Json {
  const id = z.globalRegistry.get(schema)?.id;
  if (id === undefined) throw new Error("A body of the REST API has no name.");
  return { "application/json": { schema: { $ref: componentReference(id) } } };
}

function uploadContent(): Json {
  const binary = { type: "string", format: "binary" };
  const form = { type: "object", required: ["file"], properties: { file: binary } };
  return { "multipart/form-data": { schema: form }, "application/zip": { schema: binary } };
}

function formContent(fields: readonly string[] | undefined): Json {
  if (!fields) return {};
  const properties = fields.map((name) => [name, { type: "string", ...(name === "file" && { format: "binary" }) }]);
  return { "multipart/form-data": { schema: { type: "object", properties: Object.fromEntries(properties) } } };
}

const componentReference = (id: string) => `#/components/schemas/${id}`;

function componentSchemas(): Json {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { io: "input", uri: componentReference });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _dialect, $id: _id, ...schema }]) => [id, schema]),
  );
}

/** A schema that is converted alone refers to named ones as its own definitions. */
function withComponentReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withComponentReferences);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === "$ref" && typeof member === "string"
        ? member.replace("#/$defs/", componentReference(""))
        : withComponentReferences(member),
    ]),
  );
}
