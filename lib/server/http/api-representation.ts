import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import {
  type Api,
  type ApiDocument,
  type ApiSummary,
  apiDescriptionSchema,
  apiDisplayNameSchema,
  apiTagsSchema,
} from "../../model/api.ts";
import type { ApiChanges } from "../../model/api-changes.ts";
import { apiContextSchema, apiNameSchema, apiVersionSchema } from "../../model/api-naming.ts";
import { apiPropertiesSchema } from "../../model/api-property.ts";
import { corsSchema } from "../../model/cors.ts";
import { definitionReferenceSchema } from "../../model/definition.ts";
import { type EndpointConfig, endpointConfigSchema } from "../../model/endpoint-config.ts";
import { headerRulesSchema } from "../../model/header-rule.ts";
import { jwtSettingsSchema } from "../../model/jwt-settings.ts";
import { lifecycleStates } from "../../model/lifecycle.ts";
import type { NewApi } from "../../model/new-api.ts";
import { problemOfIssues } from "../../model/parse-input.ts";
import { Problem, type ProblemItem } from "../../model/problem.ts";
import { unlimitedTier } from "../../model/rate-limit.ts";
import { defaultRuntimeSettings, maxRequestBodyBytesSchema } from "../../model/runtime-settings.ts";
import { findUnstorable } from "../../model/unstorable-text.ts";
import { readWso2EndpointConfig, writeWso2EndpointConfig } from "../../model/wso2-endpoint-config.ts";
import { wso2Path } from "../../model/wso2-path.ts";
import { rateLimitInput } from "./api-key-representation.ts";
import { endpointConfigInput, endpointConfigRepresentation } from "./endpoint-config-representation.ts";
import {
  operationFromInput,
  operationPath,
  operationRepresentation,
  operationsInput,
  representationFromOperation,
} from "./operation-representation.ts";

const apiInfoShape = {
  id: z.uuid(),
  name: z.string(),
  displayName: z.string(),
  context: z.string(),
  version: z.string(),
  provider: z.string().meta({ description: "E-mail address of the publisher." }),
  lifeCycleStatus: z.enum(lifecycleStates),
  isDefaultVersion: z.boolean(),
  createdTime: z.iso.datetime(),
  lastUpdatedTime: z.iso.datetime(),
  revision: z.int().meta({ description: "Number of this document; also its ETag, and what gateways report." }),
};

/** A line of a list of APIs. */
export const apiInfoRepresentation = z.strictObject(apiInfoShape).meta({ id: "APIInfo" });

const settingsShape = {
  description: z.string(),
  tags: z.array(z.string()),
  additionalProperties: z
    .array(z.strictObject({ name: z.string(), value: z.string(), display: z.boolean() }))
    .meta({ description: "Properties by name and value. display is WSO2's, and false: there is no developer portal." }),
  securityScheme: z.array(z.enum(["api_key", "oauth2"])).meta({
    description: "api_key: keys let callers in; oauth2: tokens do, as jwt says; [] for an open API.",
  }),
  maxRequestBodyBytes: maxRequestBodyBytesSchema.meta({
    description: "Largest body of a request in octets; null: no limit. Longer ones get 413.",
  }),
  rateLimit: z.string().meta({ description: "Name of the rate limit of all requests; Unlimited: none." }),
  observeRateLimits: z.boolean().meta({ description: "Whether requests beyond a limit are counted and served." }),
  onlyOperations: z.boolean().meta({ description: "Whether nothing is served but the operations: 404 or 405." }),
  corsConfiguration: corsSchema.meta({ description: "How browsers on other origins are answered; as in WSO2." }),
  headerRules: headerRulesSchema.meta({ description: "What is changed in the fields of requests and answers." }),
  jwt: jwtSettingsSchema.nullable().meta({ description: "Which JWTs let their bearers call; null: none." }),
  endpointConfig: endpointConfigRepresentation.nullable(),
  operations: z.array(operationRepresentation),
  definition: definitionReferenceSchema
    .nullable()
    .meta({ description: "Which OpenAPI document it has; null: none of its own. It is read and written at /swagger." }),
};

/** An API as it goes out. */
export const apiRepresentation = z.strictObject({ ...apiInfoShape, ...settingsShape }).meta({ id: "API" });

const { name, displayName, context, version, lifeCycleStatus, isDefaultVersion } = apiInfoShape;

/** What a revision says of an API: its document, without what the installation knows beside. */
export const apiDocumentRepresentation = z
  .strictObject({ name, displayName, context, version, lifeCycleStatus, isDefaultVersion, ...settingsShape })
  .meta({ id: "APIDocument" });
export type ApiRepresentation = z.input<typeof apiRepresentation>;

/** Security schemes we know: WSO2 writes the second beside `api_key` when a key is mandatory. */
const keySchemes = ["api_key", "oauth_basic_auth_api_key_mandatory"] as const;
const tokenScheme = "oauth2";

/**
 * An API as it comes in, new or changed. What only the server decides (id, provider, state, times, revision) may be there
 * and is not looked at, and so is what only WSO2 knows.
 */
export const apiInput = z
  .object({
    name: apiNameSchema,
    context: apiContextSchema,
    version: apiVersionSchema,
    displayName: apiDisplayNameSchema.nullish(),
    description: apiDescriptionSchema.nullish(),
    tags: apiTagsSchema.nullish(),
    additionalProperties: apiPropertiesSchema.nullish(),
    isDefaultVersion: z.boolean().nullish(),
    securityScheme: z
      .array(
        z.enum([...keySchemes, tokenScheme], {
          error: "A security scheme is api_key, or oauth2 where jwt is set; [] makes the API open.",
        }),
      )
      .nullish(),
    maxRequestBodyBytes: maxRequestBodyBytesSchema.optional(),
    rateLimit: rateLimitInput.optional(),
    observeRateLimits: z.boolean().nullish(),
    onlyOperations: z.boolean().nullish(),
    corsConfiguration: corsSchema.nullish(),
    headerRules: headerRulesSchema.nullish(),
    jwt: jwtSettingsSchema.nullish(),
    endpointConfig: endpointConfigInput.nullish(),
    operations: operationsInput.nullish(),
  })
  .meta({ id: "APIInput" });

export function apiInfoFromSummary(summary: ApiSummary): z.input<typeof apiInfoRepresentation> {
  return {
    id: summary.id,
    name: summary.name,
    displayName: summary.displayName,
    context: summary.context,
    version: summary.version,
    provider: summary.owner.email,
    lifeCycleStatus: summary.lifecycleState,
    isDefaultVersion: summary.isDefaultVersion,
    createdTime: summary.createdAt.toISOString(),
    lastUpdatedTime: summary.updatedAt.toISOString(),
    revision: summary.revision,
  };
}

export function representationFromApi(api: Api): Record<string, unknown> {
  return {
    ...apiInfoFromSummary({ ...api, endpointType: api.endpointConfig?.kind ?? "none" }),
    ...settingsFromDocument(api),
  };
}

export function representationFromDocument(document: ApiDocument): Record<string, unknown> {
  const { name, displayName, context, version, lifecycleState: lifeCycleStatus, isDefaultVersion } = document;
  const info = { name, displayName, context, version, lifeCycleStatus, isDefaultVersion };
  return { ...info, ...settingsFromDocument(document) };
}

function settingsFromDocument(document: ApiDocument): Record<string, unknown> {
  return {
    description: document.description,
    tags: document.tags,
    additionalProperties: document.properties.map(({ name, value }) => ({ name, value, display: false })),
    securityScheme: [...(document.runtime.jwt ? [tokenScheme] : []), ...(document.apiKeyRequired ? ["api_key"] : [])],
    maxRequestBodyBytes: document.runtime.maxRequestBodyBytes,
    rateLimit: document.runtime.rateTier ?? unlimitedTier,
    observeRateLimits: document.runtime.observeRateLimits,
    onlyOperations: document.runtime.onlyOperations,
    corsConfiguration: document.runtime.cors,
    headerRules: document.runtime.headerRules,
    jwt: document.runtime.jwt,
    endpointConfig: document.endpointConfig && writeWso2EndpointConfig(document.endpointConfig),
    operations: document.operations.map(representationFromOperation),
    definition: document.definition,
  };
}

/** A new API from a body. Problem "invalid" with every offending path, those inside `endpointConfig` too. */
export function newApiFromBody(body: unknown): NewApi {
  return readApi(body, undefined);
}

/**
 * A whole document that replaces an API's, as PUT means it: what is absent goes back to its default. Endpoints that stay
 * keep their ids. Problem "invalid" as above.
 */
export function apiChangesFromBody(body: unknown, present: Api): ApiChanges {
  const given = readApi(body, present.endpointConfig ?? undefined);
  return { ...given, displayName: given.displayName ?? present.name };
}

/** Names what a verb refuses as the body named it: endpoints and operations by the interchange form. */
export function pathsOfBody(given: { endpointConfig?: unknown }): (path: string) => string {
  const config = endpointConfigSchema.safeParse(given.endpointConfig).data;
  const prefix = "endpointConfig.";
  return (path) => {
    if (config && path.startsWith(prefix)) return prefix + wso2Path(config, path.slice(prefix.length));
    return operationPath(path.replace(/^runtime\.jwt\b/, "jwt"));
  };
}

function readApi(body: unknown, previous: EndpointConfig | undefined) {
  const unstorable = findUnstorable(body);
  if (unstorable) throw new Problem("invalid", unstorable.message, [unstorable]);
  const parsed = apiInput.safeParse(body);
  const problems: ProblemItem[] = parsed.success ? [] : [...problemOfIssues(parsed.error.issues).items];
  const endpoints = readEndpoints(body, previous);
  if (!endpoints.ok) problems.push(...endpoints.issues);
  if (parsed.success) problems.push(...schemeProblems(parsed.data));
  if (!parsed.success || !endpoints.ok || problems.length > 0) throw invalid(problems);
  const { data } = parsed;
  return {
    name: data.name,
    context: data.context,
    version: data.version,
    displayName: data.displayName ?? undefined,
    description: data.description ?? "",
    tags: data.tags ?? [],
    properties: data.additionalProperties ?? [],
    isDefaultVersion: data.isDefaultVersion ?? false,
    apiKeyRequired: data.securityScheme ? data.securityScheme.some((scheme) => scheme !== tokenScheme) : true,
    runtime: {
      maxRequestBodyBytes: data.maxRequestBodyBytes ?? null,
      rateTier: data.rateLimit ?? null,
      observeRateLimits: data.observeRateLimits ?? false,
      onlyOperations: data.onlyOperations ?? false,
      cors: data.corsConfiguration ?? defaultRuntimeSettings.cors,
      headerRules: data.headerRules ?? defaultRuntimeSettings.headerRules,
      jwt: data.jwt ?? null,
    },
    endpointConfig: endpoints.config,
    operations: data.operations?.map(operationFromInput) ?? [],
  };
}

/** Where `securityScheme` and `jwt` contradict each other; either alone would open or close the API to somebody. */
function schemeProblems({ securityScheme, jwt }: z.infer<typeof apiInput>): ProblemItem[] {
  if (!securityScheme || securityScheme.includes(tokenScheme) === Boolean(jwt)) return [];
  const message = jwt
    ? 'jwt is set: add "oauth2" to securityScheme, or set jwt to null.'
    : "oauth2 needs jwt: its issuer, audiences and jwksUrl say which tokens are accepted.";
  return [{ path: "securityScheme", message }];
}

const bodyWithEndpoints = z.object({ endpointConfig: endpointConfigInput });

type Endpoints = { ok: true; config: EndpointConfig | null } | { ok: false; issues: ProblemItem[] };

/** Looked at beside the rest of the body, so that everything that is wrong is told at once. */
function readEndpoints(body: unknown, previous: EndpointConfig | undefined): Endpoints {
  const parsed = bodyWithEndpoints.safeParse(body);
  if (!parsed.success) return { ok: true, config: null };
  const read = readWso2EndpointConfig(parsed.data.endpointConfig, {
    ...(previous ? { previous } : {}),
    newId: randomUUID,
  });
  if (read.ok) return read;
  const issues = read.issues.map(({ path, message }) => ({
    path: path === "" ? "endpointConfig" : `endpointConfig.${path}`,
    message,
  }));
  return { ok: false, issues };
}

function invalid(problems: readonly ProblemItem[]): Problem {
  const [first] = problems;
  const message = problems.length === 1 && first ? first.message : `${problems.length} things have to be corrected.`;
  return new Problem("invalid", message, problems);
}
