import type { ApiDocument } from "./api.ts";
import type { ApiProperty } from "./api-property.ts";
import { formatByteSize } from "./byte-size.ts";
import { type Endpoint, type EndpointConfig, endpointsOf, type KeyType, keyTypes } from "./endpoint-config.ts";
import type { EndpointSettings } from "./endpoint-policy.ts";
import { securityTypeOf, storedSecurity } from "./endpoint-security.ts";
import type { FailoverStatuses, HealthCheck } from "./group-settings.ts";
import type { HeaderRule } from "./header-rule.ts";
import type { JwtSettings } from "./jwt-settings.ts";
import { type Operation, operationKey } from "./operation.ts";
import { unlimitedTier } from "./rate-limit.ts";
import type { RuntimeSettings } from "./runtime-settings.ts";
import { isSecretName } from "./secret-values.ts";
import { isRecord } from "./wso2-value.ts";

/** One difference between two revisions of an API, in the words of the publisher's forms. */
export type DocumentChange = {
  /** What differs, for example "Description" or "Production endpoint 2". */
  subject: string;
  /** How it read before and reads after, in words; undefined where it was not there. */
  before: string | undefined;
  after: string | undefined;
};

/** Every difference between two documents of an API, in the order of the publisher's pages. Empty: they say the same. */
export function documentChanges(before: ApiDocument, after: ApiDocument): DocumentChange[] {
  return [
    ...changed("Name", before.name, after.name),
    ...changed("Version", before.version, after.version),
    ...changed("Context", before.context, after.context),
    ...changed("Display name", before.displayName, after.displayName),
    ...changed("Description", before.description, after.description),
    ...tagChanges(before.tags, after.tags),
    ...propertyChanges(before.properties, after.properties),
    ...changed("Default version", yesNo(before.isDefaultVersion), yesNo(after.isDefaultVersion)),
    ...changed("Lifecycle state", before.lifecycleState, after.lifecycleState),
    ...changed("API-key security", onOff(before.apiKeyRequired), onOff(after.apiKeyRequired)),
    ...runtimeChanges(before.runtime, after.runtime),
    ...endpointConfigChanges(before.endpointConfig, after.endpointConfig),
    ...operationChanges(before.operations, after.operations),
    ...changed("API definition", definitionWords(before), definitionWords(after)),
  ];
}

/** What differs, in one line: "Description, Endpoint Type and 2 more". */
export function changedSubjects(changes: readonly DocumentChange[], most = 3): string {
  const subjects = [...new Set(changes.map((change) => change.subject))];
  if (subjects.length === 0) return "nothing";
  const shown = subjects.slice(0, most);
  const hidden = subjects.length - shown.length;
  if (hidden > 0) return `${shown.join(", ")} and ${hidden} more`;
  const last = shown.pop() ?? "";
  return shown.length === 0 ? last : `${shown.join(", ")} and ${last}`;
}

function changed(subject: string, before: string | undefined, after: string | undefined): DocumentChange[] {
  return before === after ? [] : [{ subject, before, after }];
}

function runtimeChanges(before: RuntimeSettings, after: RuntimeSettings): DocumentChange[] {
  return [
    ...changed("Largest request body", bodyLimit(before), bodyLimit(after)),
    ...changed("Rate limit", before.rateTier ?? unlimitedTier, after.rateTier ?? unlimitedTier),
    ...changed("Rate limits only observed", yesNo(before.observeRateLimits), yesNo(after.observeRateLimits)),
    ...changed("Only operations served", yesNo(before.onlyOperations), yesNo(after.onlyOperations)),
    ...changed("CORS", corsWords(before), corsWords(after)),
    ...changed(
      "Header rules for requests",
      ruleWords(before.headerRules.request),
      ruleWords(after.headerRules.request),
    ),
    ...changed(
      "Header rules for responses",
      ruleWords(before.headerRules.response),
      ruleWords(after.headerRules.response),
    ),
    ...jwtChanges(before.jwt, after.jwt),
  ];
}

function corsWords({ cors }: RuntimeSettings): string {
  if (!cors.corsConfigurationEnabled) return "off";
  const list = (values: readonly string[]) => (values.length === 0 ? "none" : values.join(", "));
  return [
    `origins ${list(cors.accessControlAllowOrigins)}`,
    `methods ${list(cors.accessControlAllowMethods)}`,
    `headers ${list(cors.accessControlAllowHeaders)}`,
    ...(cors.accessControlExposeHeaders.length > 0 ? [`exposed ${list(cors.accessControlExposeHeaders)}`] : []),
    ...(cors.accessControlAllowCredentials ? ["with credentials"] : []),
    ...(cors.accessControlMaxAge === null ? [] : [`remembered ${cors.accessControlMaxAge} s`]),
  ].join("; ");
}

function ruleWords(rules: readonly HeaderRule[]): string | undefined {
  if (rules.length === 0) return undefined;
  return rules
    .map((rule) => (rule.action === "remove" ? `remove ${rule.name}` : `${rule.action} ${rule.name}: ${rule.value}`))
    .join("; ");
}

function jwtChanges(before: JwtSettings | null, after: JwtSettings | null): DocumentChange[] {
  const old = before ? jwtWords(before) : new Map<string, string>();
  const now = after ? jwtWords(after) : new Map<string, string>();
  const labels = [...new Set([...old.keys(), ...now.keys()])];
  return [
    ...changed("JWT security", onOff(before !== null), onOff(after !== null)),
    ...labels.flatMap((label) => changed(label, old.get(label), now.get(label))),
  ];
}

/** What is asked of tokens, by label, as the form shows it. */
function jwtWords({ sandbox, consumer, ...settings }: JwtSettings): Map<string, string> {
  const words = new Map([
    ["Issuer", settings.issuer],
    ["Audiences", settings.audiences.join(", ")],
    ["JWKS URL", settings.jwksUrl],
    ["Algorithms", settings.algorithms.join(", ")],
    ["Clock tolerance", `${settings.clockToleranceSeconds} s`],
    ["Token forwarded to endpoints", yesNo(settings.forwardToken)],
  ]);
  if (settings.scopes.length > 0) words.set("Scopes", settings.scopes.join(", "));
  if (sandbox) words.set("Sandbox tokens", `${sandbox.claim} is ${sandbox.values.join(" or ")}`);
  if (consumer) {
    words.set("Consumer claim", consumer.claim);
    words.set("Rate limit of each consumer", consumer.rateTier ?? unlimitedTier);
  }
  return words;
}

const bodyLimit = ({ maxRequestBodyBytes }: RuntimeSettings) =>
  maxRequestBodyBytes === null ? "no limit" : formatByteSize(maxRequestBodyBytes);
function operationChanges(before: readonly Operation[], after: readonly Operation[]): DocumentChange[] {
  const old = new Map(before.map((operation) => [operationKey(operation), operation]));
  const now = new Map(after.map((operation) => [operationKey(operation), operation]));
  const removed = before.flatMap((operation) =>
    now.has(operationKey(operation))
      ? []
      : [{ subject: "Operation", before: operationName(operation), after: undefined }],
  );
  const kept = after.flatMap((operation) => {
    const previous = old.get(operationKey(operation));
    if (!previous) return [{ subject: "Operation", before: undefined, after: operationName(operation) }];
    const name = operationName(operation);
    return [
      ...changed(`Path of ${name}`, previous.path, operation.path),
      ...changed(`${name}: Security`, onOff(previous.secured), onOff(operation.secured)),
      ...changed(`${name}: Rate limit`, previous.rateTier ?? unlimitedTier, operation.rateTier ?? unlimitedTier),
      ...changed(`${name}: Summary`, previous.summary, operation.summary),
    ];
  });
  const [oldOrder, newOrder] = [
    before.filter((each) => now.has(operationKey(each))),
    after.filter((each) => old.has(operationKey(each))),
  ];
  const isMoved = oldOrder.some((operation, index) => {
    const other = newOrder[index];
    return other !== undefined && operationKey(operation) !== operationKey(other);
  });
  const order = isMoved ? [{ subject: "Order of operations", before: "another", after: "as it is now" }] : [];
  return [...removed, ...kept, ...order];
}

const operationName = ({ method, path }: Operation) => `${method} ${path}`;

/** Which text it is: enough of its hash to tell it from any other that the API had. */
const definitionWords = ({ definition }: ApiDocument) =>
  definition === null ? undefined : `${definition.syntax.toUpperCase()} ${definition.hash.slice(0, 12)}`;
const yesNo = (value: boolean) => (value ? "yes" : "no");
const onOff = (value: boolean) => (value ? "on" : "off");

function tagChanges(before: readonly string[], after: readonly string[]): DocumentChange[] {
  const removed = before.filter((tag) => !after.includes(tag));
  const added = after.filter((tag) => !before.includes(tag));
  const moved = removed.length + added.length === 0 && before.join("\n") !== after.join("\n");
  if (moved) return [{ subject: "Order of tags", before: before.join(", "), after: after.join(", ") }];
  return [
    ...removed.map((tag) => ({ subject: "Tag", before: tag, after: undefined })),
    ...added.map((tag) => ({ subject: "Tag", before: undefined, after: tag })),
  ];
}

function propertyChanges(before: readonly ApiProperty[], after: readonly ApiProperty[]): DocumentChange[] {
  const old = new Map(before.map(({ name, value }) => [name, value]));
  const now = new Map(after.map(({ name, value }) => [name, value]));
  const names = new Set([...old.keys(), ...now.keys()]);
  const changes = [...names].flatMap((name) => changed(`Property ${name}`, old.get(name), now.get(name)));
  const order = (properties: readonly ApiProperty[]) => properties.map(({ name }) => name).join(", ");
  return changes.length > 0 ? changes : changed("Order of properties", order(before), order(after));
}

const kindNames = {
  single: "None",
  "load-balance": "Load Balanced",
  failover: "Failover",
  tiered: "Tiered",
} as const satisfies Record<EndpointConfig["kind"], string>;

/** Failover statuses in a line: "502, 503 for GET and HEAD". */
function failoverStatusWords({ statuses, allMethods }: FailoverStatuses): string {
  return `${statuses.join(", ")} for ${allMethods ? "every method" : "GET and HEAD"}`;
}

function healthCheckWords(check: HealthCheck): string {
  return [
    `${check.method} ${check.path}`,
    `expects ${check.statusFrom} to ${check.statusTo}`,
    `every ${milliseconds(check.intervalMs)}, timeout ${milliseconds(check.timeoutMs)}`,
    `rise ${check.rise}, fall ${check.fall}`,
  ].join(", ");
}

const protocolNames = { rest: "HTTP/REST Endpoint", soap: "HTTP/SOAP Endpoint" } as const;

const sessionNames = { none: "None", transport: "Transport", soap: "SOAP", "client-id": "Client ID" } as const;

const keyTypeNames = { production: "Production", sandbox: "Sandbox" } as const satisfies Record<KeyType, string>;

function endpointConfigChanges(before: EndpointConfig | null, after: EndpointConfig | null): DocumentChange[] {
  const old = configSettings(before);
  const now = configSettings(after);
  const labels = [...new Set([...old.keys(), ...now.keys()])];
  return [
    ...labels.flatMap((label) => changed(label, old.get(label), now.get(label))),
    ...keyTypes.flatMap((keyType) => groupChanges(before, after, keyType)),
  ];
}

/** The settings of a whole configuration by label, as its form shows them. */
function configSettings(config: EndpointConfig | null): Map<string, string> {
  const settings = new Map<string, string>();
  if (!config) return settings;
  settings.set("Protocol", protocolNames[config.protocol]);
  settings.set("Endpoint Type", kindNames[config.kind]);
  if (config.kind === "load-balance" || config.kind === "tiered") {
    settings.set("Algorithm", "Round-Robin");
    settings.set("Session Management", sessionNames[config.session.kind]);
    if (config.session.timeoutMs !== undefined) settings.set("Session Timeout", milliseconds(config.session.timeoutMs));
  }
  if (config.kind === "load-balance") settings.set("Enable Failover", onOff(config.failover));
  settings.set("Retry non-idempotent requests", onOff(config.retryNonIdempotent));
  if (config.failoverStatuses) settings.set("Fail over on HTTP statuses", failoverStatusWords(config.failoverStatuses));
  if (config.healthCheck) settings.set("Health checks", healthCheckWords(config.healthCheck));
  if (config.slowStartMs !== undefined) settings.set("Slow start", milliseconds(config.slowStartMs));
  const { endpoint_security: security, ...others } = config.extra ?? {};
  const unread = new Map(isRecord(security) ? Object.entries(security) : []);
  for (const keyType of keyTypes) {
    const words = securityWords(config, keyType);
    if (words === undefined) continue;
    settings.set(`Endpoint security of ${keyType}`, words);
    unread.delete(keyType);
  }
  // What is switched off is kept like what nobody here knows.
  const kept = { ...others, ...(unread.size > 0 && { endpoint_security: Object.fromEntries(unread) }) };
  if (hasKeys(kept)) settings.set("Imported settings kept as they are", JSON.stringify(kept));
  return settings;
}

/** Secrets come masked, in a way that shows whether they changed; what is being typed is masked here. */
function securityWords(config: EndpointConfig, keyType: KeyType): string | undefined {
  const stored = storedSecurity(config, keyType);
  const type = securityTypeOf(stored);
  if (type === "NONE") return undefined;
  const { enabled: _enabled, type: spelled, ...fields } = stored;
  const filled = Object.entries(fields).filter(([, value]) => value !== "" && value !== null);
  const words = filled.map(([name, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return `${name} ${isSecretName(name) && !text.startsWith("•••") ? "•••" : text}`;
  });
  return [type ?? String(spelled), ...words].join(", ");
}

function groupChanges(before: EndpointConfig | null, after: EndpointConfig | null, keyType: KeyType): DocumentChange[] {
  const old = before ? endpointsOf(before, keyType) : [];
  const now = after ? endpointsOf(after, keyType) : [];
  const name = (endpoints: readonly Endpoint[], index: number) =>
    `${keyTypeNames[keyType]} endpoint${endpoints.length > 1 ? ` ${index + 1}` : ""}`;
  const removed = old.flatMap((endpoint, index) =>
    now.some(({ id }) => id === endpoint.id)
      ? []
      : [{ subject: name(old, index), before: endpoint.url, after: undefined }],
  );
  const kept = now.flatMap((endpoint, index) => {
    const previous = old.find(({ id }) => id === endpoint.id);
    if (!previous) return [{ subject: name(now, index), before: undefined, after: endpoint.url }];
    return endpointChanges(name(now, index), previous, endpoint);
  });
  return [
    ...removed,
    ...kept,
    ...orderChanges(`Order of ${keyType} endpoints`, old, now),
    ...changed(`Pools of ${keyType} endpoints`, poolWords(before, keyType), poolWords(after, keyType)),
  ];
}

/** Which endpoints stand together in the pools of a tiered group, by their place: "1–2 | 3". */
function poolWords(config: EndpointConfig | null, keyType: KeyType): string | undefined {
  if (config?.kind !== "tiered") return undefined;
  let place = 1;
  const pools = config[keyType]?.map(({ members }) => {
    const [from, to] = [place, place + members.length - 1];
    place = to + 1;
    return from === to ? `${from}` : `${from}–${to}`;
  });
  return pools?.join(" | ");
}

function orderChanges(subject: string, old: readonly Endpoint[], now: readonly Endpoint[]): DocumentChange[] {
  const stays = (others: readonly Endpoint[]) => (endpoint: Endpoint) => others.some(({ id }) => id === endpoint.id);
  const oldOrder = old.filter(stays(now));
  const newOrder = now.filter(stays(old));
  if (oldOrder.every((endpoint, index) => endpoint.id === newOrder[index]?.id)) return [];
  // The URLs as they are now: a change of URL is told by itself.
  const urls = (order: readonly Endpoint[]) =>
    order.map(({ id }) => newOrder.find((endpoint) => endpoint.id === id)?.url ?? "").join(", ");
  return [{ subject, before: urls(oldOrder), after: urls(newOrder) }];
}

function endpointChanges(name: string, before: Endpoint, after: Endpoint): DocumentChange[] {
  const old = endpointSettings(before);
  const now = endpointSettings(after);
  const labels = [...new Set([...old.keys(), ...now.keys()])];
  return [
    ...changed(name, before.url, after.url),
    ...labels.flatMap((label) => changed(`${name}: ${label}`, old.get(label), now.get(label))),
  ];
}

const settingLabels = {
  suspendErrorCodes: "Error Code (suspension)",
  suspendInitialDurationMs: "Initial Duration",
  suspendMaximumDurationMs: "Max Duration",
  suspendFactor: "Factor",
  timeoutErrorCodes: "Error Code (timeout)",
  retriesBeforeSuspension: "Retries Before Suspension",
  retryDelayMs: "Retry Delay",
  timeoutAction: "Action",
  responseTimeoutMs: "Duration",
  disabledErrorCodes: "Error codes never tried elsewhere",
} as const satisfies Record<keyof EndpointSettings, string>;

const actionNames = { fault: "Execute Fault Sequence", discard: "Discard Message" } as const;

/** The settings of one endpoint by label; those that are not set are absent. */
function endpointSettings(endpoint: Endpoint): Map<string, string> {
  const shown = new Map<string, string>();
  const { settings } = endpoint;
  const show = (key: keyof EndpointSettings, text: string | undefined) => {
    if (text !== undefined) shown.set(settingLabels[key], text);
  };
  show("suspendErrorCodes", codes(settings.suspendErrorCodes));
  show("suspendInitialDurationMs", optionalMilliseconds(settings.suspendInitialDurationMs));
  show("suspendMaximumDurationMs", optionalMilliseconds(settings.suspendMaximumDurationMs));
  show("suspendFactor", settings.suspendFactor?.toString());
  show("timeoutErrorCodes", codes(settings.timeoutErrorCodes));
  show("retriesBeforeSuspension", settings.retriesBeforeSuspension?.toString());
  show("retryDelayMs", optionalMilliseconds(settings.retryDelayMs));
  show("timeoutAction", settings.timeoutAction && actionNames[settings.timeoutAction]);
  show("responseTimeoutMs", optionalMilliseconds(settings.responseTimeoutMs));
  show("disabledErrorCodes", codes(settings.disabledErrorCodes));
  if (endpoint.weight !== undefined) shown.set("Weight", endpoint.weight.toString());
  const kept = { ...endpoint.extra, ...endpoint.settingsExtra };
  if (hasKeys(kept)) shown.set("imported settings kept as they are", JSON.stringify(kept));
  return shown;
}

const milliseconds = (value: number) => `${value.toLocaleString("en-US")} ms`;
const optionalMilliseconds = (value: number | undefined) => (value === undefined ? undefined : milliseconds(value));
const codes = (list: readonly number[] | undefined) =>
  list === undefined ? undefined : list.length === 0 ? "none chosen" : list.join(", ");
const hasKeys = (value: object | undefined) => value !== undefined && Object.keys(value).length > 0;
