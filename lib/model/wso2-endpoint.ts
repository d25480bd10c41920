import { type Endpoint, type EndpointConfig, endpointsOf, type KeyType } from "./endpoint-config.ts";
import type { EndpointSettings } from "./endpoint-policy.ts";
import type { ProblemItem } from "./problem.ts";
import { isRecord, readCodes, readNumber } from "./wso2-value.ts";

/** What reading one document gathers on its way. */
export type ReadContext = {
  issues: ProblemItem[];
  /** Dotted path in the model → dotted path in the source, where the two differ. */
  sourcePaths: Map<string, string>;
  usedKeys: Set<string>;
  previous: EndpointConfig | undefined;
  takenIds: Set<string>;
  newId: () => string;
};

/** Stored keys of the settings. `retryErroCode` is spelled so upstream. */
const settingKeys = {
  suspendErrorCodes: "suspendErrorCode",
  suspendInitialDurationMs: "suspendDuration",
  suspendMaximumDurationMs: "suspendMaxDuration",
  suspendFactor: "factor",
  timeoutErrorCodes: "retryErroCode",
  retriesBeforeSuspension: "retryTimeOut",
  retryDelayMs: "retryDelay",
  timeoutAction: "actionSelect",
  responseTimeoutMs: "actionDuration",
  disabledErrorCodes: "disabledErrorCodes",
} as const satisfies Record<keyof EndpointSettings, string>;

const codeFields = ["suspendErrorCodes", "timeoutErrorCodes", "disabledErrorCodes"] as const;
const numberFields = [
  "suspendInitialDurationMs",
  "suspendMaximumDurationMs",
  "suspendFactor",
  "retriesBeforeSuspension",
  "retryDelayMs",
  "responseTimeoutMs",
] as const;

/** Whether a member's `tier` is our own key (see wso2-tiers.ts): a whole number. */
export function isTierNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value);
}

/** A member's other keys without our own; a `tier` of another form is somebody else's, and kept. */
function withoutTier({ tier, ...others }: Record<string, unknown>): Record<string, unknown> {
  return tier === undefined || isTierNumber(tier) ? others : { ...others, tier };
}

/** Reads one member into a candidate for endpointSchema; problems of form go to the context. */
export function readEndpoint(value: unknown, path: string, keyType: KeyType, modelPath: string, context: ReadContext) {
  context.sourcePaths.set(modelPath, path);
  if (!isRecord(value)) {
    context.issues.push({ path, message: "An endpoint is an object with a url." });
    return undefined;
  }
  const { url, config, endpoint_type: _type, template_not_supported: _template, weight, ...others } = value;
  const rest = withoutTier(others);
  if (typeof url !== "string") {
    context.issues.push({
      path: `${path}.url`,
      message: "Enter the URL of the endpoint, for example https://backend.example.com/api.",
    });
    return undefined;
  }
  const share = readNumber(weight, `${path}.weight`, context.issues);
  return {
    id: idFor(url, keyType, context),
    url,
    ...readSettings(config, `${path}.config`, `${modelPath}.settings`, context),
    ...(share === undefined ? {} : { weight: share }),
    ...(Object.keys(rest).length > 0 ? { extra: rest } : {}),
  };
}

/** An endpoint that was stored with this URL in this group keeps its id, so its state and sessions survive the save. */
function idFor(url: string, keyType: KeyType, context: ReadContext): string {
  const stored = context.previous ? endpointsOf(context.previous, keyType) : [];
  const same = stored.find(
    (endpoint) => endpoint.url === url.trim() && !context.takenIds.has(`${keyType}.${endpoint.id}`),
  );
  const id = same?.id ?? context.newId();
  context.takenIds.add(`${keyType}.${id}`);
  return id;
}

function readSettings(config: unknown, path: string, modelPath: string, context: ReadContext) {
  if (config === undefined || config === null || config === "") return { settings: {} };
  if (!isRecord(config)) {
    context.issues.push({ path, message: "The configuration of an endpoint is an object." });
    return { settings: {} };
  }
  const settings: EndpointSettings = {};
  for (const field of numberFields) {
    const number = readNumber(config[settingKeys[field]], `${path}.${settingKeys[field]}`, context.issues);
    if (number !== undefined) settings[field] = number;
  }
  for (const field of codeFields) {
    const codes = readCodes(config[settingKeys[field]], `${path}.${settingKeys[field]}`, context.issues);
    if (codes) settings[field] = codes;
  }
  const action = readAction(config.actionSelect, `${path}.actionSelect`, context.issues);
  if (action) settings.timeoutAction = action;
  for (const [field, key] of Object.entries(settingKeys))
    context.sourcePaths.set(`${modelPath}.${field}`, `${path}.${key}`);
  const known = new Set<string>(Object.values(settingKeys));
  const rest = Object.entries(config).filter(([key]) => !known.has(key));
  return { settings, ...(rest.length > 0 ? { settingsExtra: Object.fromEntries(rest) } : {}) };
}

function readAction(value: unknown, path: string, issues: ProblemItem[]): "fault" | "discard" | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const word = typeof value === "string" ? value.trim().toLowerCase() : "";
  if (word === "fault" || word === "discard") return word;
  issues.push({ path, message: "The action after a timeout is fault or discard." });
  return undefined;
}

/**
 * Writes one endpoint. Members of a group carry `endpoint_type` and `template_not_supported`, but the first of a REST
 * group does not, as WSO2 writes it.
 */
export function writeEndpoint(
  endpoint: Endpoint,
  protocol: EndpointConfig["protocol"],
  place: "single" | "first" | "member",
): Record<string, unknown> {
  const typed = place === "member" || (place === "first" && protocol === "soap");
  const config = writeSettings(endpoint);
  return {
    ...endpoint.extra,
    url: endpoint.url,
    ...(typed ? { endpoint_type: protocol === "soap" ? "address" : "http", template_not_supported: false } : {}),
    ...(endpoint.weight === undefined ? {} : { weight: endpoint.weight }),
    ...(config ? { config } : {}),
  };
}

function writeSettings({ settings, settingsExtra }: Endpoint): Record<string, unknown> | undefined {
  const config: Record<string, unknown> = { ...settingsExtra };
  for (const field of numberFields) {
    const value = settings[field];
    if (value !== undefined) config[settingKeys[field]] = String(value);
  }
  for (const field of codeFields) {
    const codes = settings[field];
    if (codes) config[settingKeys[field]] = codes.map(String);
  }
  if (settings.timeoutAction) config.actionSelect = settings.timeoutAction;
  return Object.keys(config).length > 0 ? config : undefined;
}
