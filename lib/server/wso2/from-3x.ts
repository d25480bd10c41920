import { findUnstorable } from "../../model/unstorable-text.ts";
import { isRecord } from "../../model/wso2-value.ts";

type Values = Record<string, unknown>;

/** Names that are said otherwise since 4.0, and mean the same. */
const renamed = new Map([
  ["status", "lifeCycleStatus"],
  ["apiLevelPolicy", "apiThrottlingPolicy"],
  ["implementation", "endpointImplementationType"],
]);

/** What is put together out of several fields below, or says the same as another one. */
const gathered = new Set([
  ...["id", "context", "contextTemplate", "availableTiers", "uriTemplates", "transports", "apiSecurity"],
  ...["additionalProperties", "endpointConfig", "responseCache", "visibility", "tags"],
  ...["endpointSecured", "endpointAuthDigest", "endpointUTUsername", "endpointUTPassword"],
  ...["businessOwner", "businessOwnerEmail", "technicalOwner", "technicalOwnerEmail"],
]);

/**
 * `data` of a 4.x project out of an API as API Cloud and API Manager 2 and 3 wrote it. What is not known stays under its
 * name; what is wrong stays as it is, to be refused where it is read.
 */
export function from3x(source: Values): Values {
  const data = Object.fromEntries(
    Object.entries(source).flatMap(([key, value]) => (gathered.has(key) ? [] : [[renamed.get(key) ?? key, value]])),
  );
  const id = isRecord(source.id) ? source.id : {};
  const version = text(id.version);
  return {
    ...data,
    name: text(id.apiName),
    version,
    provider: id.providerName,
    context: contextOf(source, version),
    visibility: typeof source.visibility === "string" ? source.visibility.toUpperCase() : source.visibility,
    tags: listOf(source.tags),
    transport: words(source.transports),
    // Absent: OAuth 2.0, as all was before there was a choice.
    securityScheme: words(source.apiSecurity),
    responseCachingEnabled: source.responseCache === "Enabled",
    policies: listOf(source.availableTiers).map((tier) => (isRecord(tier) ? tier.name : tier)),
    operations: listOf(source.uriTemplates).map(operationOf),
    additionalProperties: isRecord(source.additionalProperties)
      ? Object.entries(source.additionalProperties).map(([name, value]) => ({ name, value: text(value) }))
      : source.additionalProperties,
    businessInformation: pick(source, "businessOwner", "businessOwnerEmail", "technicalOwner", "technicalOwnerEmail"),
    endpointConfig: endpointConfigOf(source),
  };
}

/** 3.x writes where an API answers, version and all; ours, as 4.x, adds the version unless it has a place in it. */
function contextOf({ context, contextTemplate }: Values, version: unknown): unknown {
  const template = typeof contextTemplate === "string" && contextTemplate !== "" ? contextTemplate : context;
  if (typeof template !== "string") return context;
  for (const ending of ["/{version}", `/${version}`]) {
    if (template.endsWith(ending) && template.length > ending.length) return template.slice(0, -ending.length);
  }
  return template;
}

function operationOf(template: unknown): unknown {
  if (!isRecord(template)) return template;
  const { uriTemplate, httpVerb, authType, throttlingTier } = template;
  return { target: uriTemplate, verb: httpVerb, authType, throttlingPolicy: throttlingTier };
}

/** A string that holds JSON; what secures the endpoints stands beside it, for production and sandbox alike. */
function endpointConfigOf(source: Values): unknown {
  const { endpointConfig, endpointSecured, endpointAuthDigest, endpointUTUsername, endpointUTPassword } = source;
  const config = parsedConfig(endpointConfig);
  if (endpointSecured !== true || !isRecord(config) || isRecord(config.endpoint_security)) return config;
  const secured = {
    enabled: true,
    type: endpointAuthDigest === true ? "DIGEST" : "BASIC",
    username: text(endpointUTUsername) ?? "",
    password: text(endpointUTPassword) ?? "",
  };
  return { ...config, endpoint_security: { production: secured, sandbox: { ...secured } } };
}

/** `endpointConfig` as an object, where it is a string that holds one. What is no JSON, or could not be stored, is refused where it is read. */
export function parsedConfig(value: unknown): unknown {
  if (typeof value !== "string" || value.trim() === "") return value === "" ? null : value;
  try {
    const config: unknown = JSON.parse(value);
    return findUnstorable(config) ? value : config;
  } catch {
    return value;
  }
}

function pick(source: Values, ...keys: string[]): Values {
  return Object.fromEntries(keys.flatMap((key) => (source[key] ? [[key, source[key]]] : [])));
}

function words(value: unknown): unknown {
  if (typeof value !== "string") return value;
  return value.split(",").flatMap((word) => word.trim() || []);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
