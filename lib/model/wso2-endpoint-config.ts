import { type Endpoint, type EndpointConfig, endpointConfigSchema, type KeyType, keyTypes } from "./endpoint-config.ts";
import type { ProblemItem } from "./problem.ts";
import { type ReadContext, readEndpoint, writeEndpoint } from "./wso2-endpoint.ts";
import { readExtensions, writeExtensions } from "./wso2-extensions.ts";
import { holdsTiers, readTiers, writeTier } from "./wso2-tiers.ts";
import { isRecord, readBoolean, readNumber } from "./wso2-value.ts";

/**
 * Two-way codec between our model and `endpointConfig` of WSO2 API Manager, the form that REST, import and export use.
 * Reading is tolerant of everything WSO2 has written over the years; writing is strict in what WSO2 reads today.
 * Keys neither side knows travel in `extra`. Source: WSO2 publisher-api.yaml and `endpoint_template.xml`.
 */

const roundRobinClass = "org.apache.synapse.endpoints.algorithms.RoundRobin";

const endpointKeys = { production: "production_endpoints", sandbox: "sandbox_endpoints" } as const;
const failoverKeys = { production: "production_failovers", sandbox: "sandbox_failovers" } as const;

const sessionFromWso2 = new Map([
  ["", "none"],
  ["none", "none"],
  ["http", "transport"],
  ["transport", "transport"],
  ["soap", "soap"],
  ["simpleclientsession", "client-id"],
]);
const sessionToWso2 = { none: "", transport: "http", soap: "soap", "client-id": "simpleClientSession" } as const;

export type Wso2ReadResult = { ok: true; config: EndpointConfig } | { ok: false; issues: ProblemItem[] };

/**
 * Reads `endpointConfig`: an object, or that object as a JSON string.
 *
 * @param options.previous what is stored now; an endpoint with the same URL in the same group keeps its id
 * @param options.newId ids for endpoints that are new
 * @returns the configuration, or every problem with its path inside `endpointConfig`, such as `production_endpoints.1.url`
 */
export function readWso2EndpointConfig(
  input: unknown,
  options: { previous?: EndpointConfig; newId: () => string },
): Wso2ReadResult {
  const source = typeof input === "string" ? parseJson(input) : input;
  if (!isRecord(source)) {
    return { ok: false, issues: [{ path: "", message: "An endpoint configuration is a JSON object." }] };
  }
  const context: ReadContext = {
    issues: [],
    sourcePaths: new Map(),
    usedKeys: new Set(["endpoint_type"]),
    previous: options.previous,
    takenIds: new Set(),
    newId: options.newId,
  };
  const candidate = readCandidate(source, context);
  if (!candidate || context.issues.length > 0) return { ok: false, issues: context.issues };
  const parsed = endpointConfigSchema.safeParse(candidate);
  if (parsed.success) return { ok: true, config: parsed.data };
  return {
    ok: false,
    issues: parsed.error.issues.map((issue) => ({ path: sourcePath(issue.path, context), message: issue.message })),
  };
}

/** Writes a configuration in the form that WSO2 reads. */
export function writeWso2EndpointConfig(config: EndpointConfig): Record<string, unknown> {
  const document: Record<string, unknown> = { ...config.extra };
  const single = config.protocol === "soap" ? "address" : "http";
  document.endpoint_type =
    config.kind === "single" ? single : config.kind === "load-balance" ? "load_balance" : "failover";
  for (const keyType of keyTypes) writeKeyType(document, config, keyType);
  if (config.kind === "load-balance" || config.kind === "tiered") {
    document.algoCombo = roundRobinClass;
    document.algoClassName = roundRobinClass;
    document.sessionManagement = sessionToWso2[config.session.kind];
    document.sessionTimeOut = config.session.timeoutMs === undefined ? "" : String(config.session.timeoutMs);
  }
  if (config.kind === "load-balance") document.failOver = config.failover;
  return { ...document, ...writeExtensions(config) };
}

function writeKeyType(document: Record<string, unknown>, config: EndpointConfig, keyType: KeyType): void {
  const member = (endpoint: Endpoint) => writeEndpoint(endpoint, config.protocol, "member");
  const first = (endpoint: Endpoint) => writeEndpoint(endpoint, config.protocol, "first");
  switch (config.kind) {
    case "single": {
      const endpoint = config[keyType];
      if (endpoint) document[endpointKeys[keyType]] = writeEndpoint(endpoint, config.protocol, "single");
      return;
    }
    case "load-balance": {
      const members = config[keyType];
      if (members) document[endpointKeys[keyType]] = members.map((each, i) => (i === 0 ? first(each) : member(each)));
      return;
    }
    case "failover": {
      const target = config[keyType];
      if (!target) return;
      document[endpointKeys[keyType]] = first(target.primary);
      document[failoverKeys[keyType]] = target.failovers.map(member);
      return;
    }
    case "tiered": {
      const [primary, ...failovers] = (config[keyType] ?? []).flatMap((tier, index) =>
        tier.members.map((endpoint, place) => writeTier(index, (index + place === 0 ? first : member)(endpoint))),
      );
      if (!primary) return;
      document[endpointKeys[keyType]] = primary;
      document[failoverKeys[keyType]] = failovers;
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Refused by the caller, as everything that is no object.
  }
}

function readCandidate(source: Record<string, unknown>, context: ReadContext): unknown {
  const type = source.endpoint_type ?? inferType(source);
  const shared = readExtensions(source, context);
  switch (type) {
    case "http":
    case "address": {
      const groups = readGroups(source, context, readSingle);
      return {
        kind: "single",
        protocol: type === "address" ? "soap" : "rest",
        ...shared,
        ...groups,
        ...extra(source, context),
      };
    }
    case "load_balance": {
      const groups = readGroups(source, context, readMembers);
      const settings = readLoadBalance(source, context);
      return {
        kind: "load-balance",
        protocol: protocolOf(source),
        ...shared,
        ...settings,
        ...groups,
        ...extra(source, context),
      };
    }
    case "failover": {
      const lists = [...Object.values(endpointKeys), ...Object.values(failoverKeys)].map((key) => source[key]);
      if (holdsTiers(lists)) return readTiered(source, shared, context);
      const groups = readGroups(source, context, readFailover);
      return { kind: "failover", protocol: protocolOf(source), ...shared, ...groups, ...extra(source, context) };
    }
    default:
      context.issues.push({
        path: "endpoint_type",
        message: "This endpoint type is not known: http, address, load_balance or failover.",
      });
      return undefined;
  }
}

/** Our own: a failover group of WSO2 whose members say in which tier they stand. */
function readTiered(source: Record<string, unknown>, shared: object, context: ReadContext): unknown {
  const groups = readGroups(source, context, (_source, keyType) => {
    const keys = [endpointKeys[keyType], failoverKeys[keyType]];
    return readTiers(
      keys.flatMap((key) => listUnder(source, key, context) ?? []),
      keyType,
      context,
    );
  });
  const { algorithm, session } = readLoadBalance(source, context);
  const kind = "tiered";
  return { kind, protocol: protocolOf(source), ...shared, algorithm, session, ...groups, ...extra(source, context) };
}

function inferType(source: Record<string, unknown>): string {
  if (Array.isArray(source.production_failovers) || Array.isArray(source.sandbox_failovers)) return "failover";
  const isList = keyTypes.some((keyType) => Array.isArray(source[endpointKeys[keyType]]));
  return isList ? "load_balance" : "http";
}

/** A group is SOAP when a member of it says `address`; WSO2 has no other place for it in a group. */
function protocolOf(source: Record<string, unknown>): "rest" | "soap" {
  const all = [...Object.values(endpointKeys), ...Object.values(failoverKeys)].flatMap((key) => source[key] ?? []);
  return all.some((member) => isRecord(member) && member.endpoint_type === "address") ? "soap" : "rest";
}

type GroupReader = (source: Record<string, unknown>, keyType: KeyType, context: ReadContext) => unknown;

function readGroups(source: Record<string, unknown>, context: ReadContext, read: GroupReader): Record<string, unknown> {
  const groups: Record<string, unknown> = {};
  for (const keyType of keyTypes) {
    context.sourcePaths.set(keyType, endpointKeys[keyType]);
    const group = read(source, keyType, context);
    if (group !== undefined) groups[keyType] = group;
  }
  return groups;
}

/** The values under a key as a list, whether WSO2 wrote an object or an array there; undefined when not configured. */
function listUnder(source: Record<string, unknown>, key: string, context: ReadContext) {
  const value = source[key];
  context.usedKeys.add(key);
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) return [{ value, path: key }];
  return value.map((member: unknown, index) => ({ value: member, path: `${key}.${index}` }));
}

function readSingle(source: Record<string, unknown>, keyType: KeyType, context: ReadContext): unknown {
  const others = "set endpoint_type to load_balance or failover for more";
  return readOnly(source, keyType, keyType, others, context);
}

/** The one endpoint that a key type has in this place. */
function readOnly(
  source: Record<string, unknown>,
  keyType: KeyType,
  modelPath: string,
  others: string,
  context: ReadContext,
): unknown {
  const key = endpointKeys[keyType];
  const [first, second] = requireMembers(listUnder(source, key, context), key, context) ?? [];
  if (second) context.issues.push({ path: second.path, message: `One endpoint is expected here; ${others}.` });
  return first && readEndpoint(first.value, first.path, keyType, modelPath, context);
}

function readMembers(source: Record<string, unknown>, keyType: KeyType, context: ReadContext): unknown {
  const key = endpointKeys[keyType];
  return requireMembers(listUnder(source, key, context), key, context)?.map((member, index) =>
    readEndpoint(member.value, member.path, keyType, `${keyType}.${index}`, context),
  );
}

function readFailover(source: Record<string, unknown>, keyType: KeyType, context: ReadContext): unknown {
  const failoverKey = failoverKeys[keyType];
  const primary = readOnly(source, keyType, `${keyType}.primary`, `the others stand in ${failoverKey}`, context);
  const failovers = listUnder(source, failoverKey, context) ?? [];
  context.sourcePaths.set(`${keyType}.failovers`, failoverKey);
  if (primary === undefined) {
    if (failovers.length > 0) {
      context.issues.push({
        path: endpointKeys[keyType],
        message: "A failover group needs its primary endpoint here.",
      });
    }
    return undefined;
  }
  return {
    primary,
    failovers: failovers.map((member, index) =>
      readEndpoint(member.value, member.path, keyType, `${keyType}.failovers.${index}`, context),
    ),
  };
}

function requireMembers<T>(list: T[] | undefined, key: string, context: ReadContext): T[] | undefined {
  if (list?.length !== 0) return list;
  context.issues.push({
    path: key,
    message: "This list has no member: name at least one endpoint, or leave the key out.",
  });
  return undefined;
}

function readLoadBalance(source: Record<string, unknown>, context: ReadContext) {
  const { issues, usedKeys } = context;
  for (const key of ["algoCombo", "algoClassName"]) {
    usedKeys.add(key);
    const value = source[key];
    if (value !== undefined && value !== null && value !== "" && value !== roundRobinClass) {
      issues.push({ path: key, message: `This algorithm is not known: ${roundRobinClass}.` });
    }
  }
  for (const key of ["sessionManagement", "sessionTimeOut", "failOver"]) usedKeys.add(key);
  const stored = source.sessionManagement ?? "";
  const kind = typeof stored === "string" ? sessionFromWso2.get(stored.trim().toLowerCase()) : undefined;
  if (!kind)
    issues.push({
      path: "sessionManagement",
      message: 'Session management is "" (none), http, soap or simpleClientSession.',
    });
  context.sourcePaths.set("session.timeoutMs", "sessionTimeOut");
  // 0 stands for "not set" in Synapse.
  const timeoutMs = readNumber(source.sessionTimeOut, "sessionTimeOut", issues) || undefined;
  return {
    algorithm: "round-robin",
    session: { kind, ...(timeoutMs === undefined ? {} : { timeoutMs }) },
    failover: readBoolean(source.failOver, "failOver", issues, true),
  };
}

function extra(source: Record<string, unknown>, context: ReadContext) {
  const rest = Object.entries(source).filter(([key]) => !context.usedKeys.has(key));
  return rest.length > 0 ? { extra: Object.fromEntries(rest) } : {};
}

/** The path in the source of a path in the model: the longest known prefix is replaced, the rest stays. */
function sourcePath(path: readonly PropertyKey[], context: ReadContext): string {
  for (let length = path.length; length > 0; length -= 1) {
    const known = context.sourcePaths.get(path.slice(0, length).join("."));
    if (known !== undefined) return [known, ...path.slice(length)].join(".");
  }
  return path.join(".");
}
