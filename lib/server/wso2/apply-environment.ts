import { isRecord } from "../../model/wso2-value.ts";

type Values = Record<string, unknown>;

const keyTypes = ["production", "sandbox"] as const;
/** Where `endpointConfig` has its endpoints: what a group replaces as a whole. */
const listKeys = ["production_endpoints", "sandbox_endpoints", "production_failovers", "sandbox_failovers"];
/** How it balances them: what another kind of group replaces as well. */
const groupKeys = ["endpoint_type", "algoCombo", "algoClassName", "sessionManagement", "sessionTimeOut", "failOver"];

/**
 * `endpointConfig` with what params.yaml says of it for one environment, as apictl puts the two together: endpoints (one
 * each, load-balanced or failover) replace those of the API, `security` what its endpoints ask for. Undefined values
 * leave alone what is there.
 */
export function applyEnvironment(endpointConfig: unknown, configs: Values): unknown {
  const base = isRecord(endpointConfig) ? endpointConfig : {};
  const given = endpointsOf(base, configs);
  const security = securityOf(base.endpoint_security, configs.security);
  if (Object.keys(given).length === 0 && security === undefined) return endpointConfig;
  return { ...keptBeside(base, given), ...given, ...(security === undefined ? {} : { endpoint_security: security }) };
}

function endpointsOf(base: Values, configs: Values): Values {
  const single = configs.endpointType === "soap" ? "address" : "http";
  const member = (value: unknown) =>
    single === "address" && isRecord(value) ? { ...value, endpoint_type: single } : value;
  const members = (list: unknown) => (Array.isArray(list) ? list.map(member) : undefined);
  const { endpointRoutingPolicy, loadBalanceEndpoints, failoverEndpoints, endpoints } = configs;
  if (isRecord(loadBalanceEndpoints) && endpointRoutingPolicy !== "failover") {
    const { production, sandbox, sessionManagement, sessionTimeOut, algoClassName, algoCombo } = loadBalanceEndpoints;
    return defined({
      endpoint_type: "load_balance",
      production_endpoints: members(production),
      sandbox_endpoints: members(sandbox),
      // What apictl documents as its default, where nothing was said before.
      sessionManagement: sessionManagement ?? (base.endpoint_type === "load_balance" ? undefined : "transport"),
      sessionTimeOut,
      algoClassName: algoClassName ?? algoCombo,
      algoCombo: algoCombo ?? algoClassName,
    });
  }
  if (isRecord(failoverEndpoints)) {
    const { production, productionFailovers, sandbox, sandboxFailovers } = failoverEndpoints;
    return defined({
      endpoint_type: "failover",
      production_endpoints: isGiven(production) ? member(production) : undefined,
      production_failovers: members(productionFailovers),
      sandbox_endpoints: isGiven(sandbox) ? member(sandbox) : undefined,
      sandbox_failovers: members(sandboxFailovers),
    });
  }
  if (!isRecord(endpoints) || !keyTypes.some((keyType) => isGiven(endpoints[keyType]))) return {};
  const isSingle = base.endpoint_type === "http" || base.endpoint_type === "address";
  return defined({
    endpoint_type: configs.endpointType === undefined && isSingle ? base.endpoint_type : single,
    production_endpoints: isGiven(endpoints.production) ? endpoints.production : undefined,
    sandbox_endpoints: isGiven(endpoints.sandbox) ? endpoints.sandbox : undefined,
  });
}

/** Of one endpoint each, the other key type's may stay; a group is replaced, another kind of group with all it says. */
function keptBeside(base: Values, given: Values): Values {
  const type = given.endpoint_type;
  if (type === undefined) return base;
  const isSame = type === base.endpoint_type;
  if (isSame && (type === "http" || type === "address")) return base;
  const replaced = isSame ? listKeys : [...listKeys, ...groupKeys];
  return Object.fromEntries(Object.entries(base).filter(([key]) => !replaced.includes(key)));
}

/** `enabled` decides: absent leaves it as it is, false takes it away. 3.x has one for both key types. */
function securityOf(present: unknown, given: unknown): unknown {
  const [first] = Array.isArray(given) ? given : [given];
  if (!isRecord(first)) return undefined;
  const perKeyType = keyTypes.some((keyType) => isRecord(first[keyType]));
  const result: Values = isRecord(present) ? { ...present } : {};
  let changed = false;
  for (const keyType of keyTypes) {
    const wanted = perKeyType ? first[keyType] : first;
    if (!isRecord(wanted)) continue;
    const enabled = String(wanted.enabled ?? "").toLowerCase();
    if (enabled !== "true" && enabled !== "false") continue;
    changed = true;
    const { type, ...values } = wanted;
    result[keyType] =
      enabled === "true"
        ? { ...values, enabled: true, type: typeof type === "string" ? type.toUpperCase() : type }
        : { enabled: false, type: "NONE" };
  }
  return changed ? result : undefined;
}

function isGiven(value: unknown): boolean {
  return isRecord(value) && value.url !== undefined && value.url !== null && value.url !== "";
}

function defined(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
