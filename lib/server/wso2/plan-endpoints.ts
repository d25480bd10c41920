import { randomUUID } from "node:crypto";
import { type EndpointConfig, endpointsOf, keyTypes } from "../../model/endpoint-config.ts";
import { readEndpointSecurity, securityTypeOf, storedSecurity } from "../../model/endpoint-security.ts";
import type { ImportLine } from "../../model/import-report.ts";
import { readWso2EndpointConfig } from "../../model/wso2-endpoint-config.ts";
import { isRecord } from "../../model/wso2-value.ts";
import { changed, left, taken, textOf } from "./import-lines.ts";

type Values = Record<string, unknown>;

/** Kinds that WSO2 has and that lead to no HTTP backend. */
const foreignTypes = new Map([
  ["default", "dynamic endpoints: a mediation sequence chooses them"],
  ["awslambda", "AWS Lambda functions"],
  ["sequence_backend", "a sequence as its backend"],
  ["service", "an entry of a service catalogue"],
  ["ws", "WebSocket topics"],
]);

const kindWords = {
  single: "One endpoint for each key type",
  "load-balance": "Load balanced",
  failover: "Failover",
  tiered: "Pools",
} as const;

type Situation = { data: Values; configs: Values; environment: string | undefined; isReplacing: boolean };

/**
 * The endpoints as REST takes them, and lines about them: `null` where there are none that a gateway here could call.
 *
 * @param endpointConfig the project's, with the values of the chosen environment in it
 */
export function planEndpoints(situation: Situation, endpointConfig: unknown, lines: ImportLine[]): unknown {
  const { data, configs, environment } = situation;
  if (environment !== undefined) {
    lines.push(changed("Environment", environment, "Its values of params.yaml stand in place of those of the API."));
  }
  if (!isRecord(endpointConfig) || Object.keys(endpointConfig).length === 0) {
    if (typeof endpointConfig === "string") return endpointConfig; // Broken JSON: refused with its name.
    const mocked =
      textOf(data.endpointImplementationType) === "INLINE" || textOf(data.endpointImplementationType) === "MOCKED_OAS";
    lines.push(left("Endpoints", "none", mocked ? "Its answers are made up by WSO2's gateway." : "It has none."));
    return null;
  }
  const foreign = [configs.endpointType, endpointConfig.endpoint_type].map(textOf);
  const words = foreign.flatMap(
    (type) => foreignTypes.get(type.replace("dynamic", "default").replace(/^aws$/, "awslambda")) ?? [],
  )[0];
  if (words !== undefined) {
    const reason = `Its endpoints are ${words}. Gateways here call HTTP backends: enter one under Endpoints.`;
    lines.push(left("Endpoints", foreign.find((type) => type !== "") ?? "", reason));
    return null;
  }
  const unmasked = withoutMasks(endpointConfig);
  const read = readWso2EndpointConfig(unmasked, { newId: randomUUID });
  if (!read.ok) return unmasked; // Refused with its path where APIs are created.
  const counts = keyTypes.map((keyType) => `${endpointsOf(read.config, keyType).length} ${keyType}`);
  lines.push(taken("Endpoints", `${kindWords[read.config.kind]}: ${counts.join(", ")}`));
  planSession(endpointConfig, lines);
  return withSecurity(unmasked, read.config, situation, lines);
}

/** Upstream's own importers lose this one. */
function planSession(config: Values, lines: ImportLine[]): void {
  const session = textOf(config.sessionManagement);
  if (session === "" || session.toLowerCase() === "none") return;
  const timeout = textOf(config.sessionTimeOut);
  lines.push(taken("Session management", timeout === "" ? session : `${session}, ${timeout} ms`));
}

/**
 * The configuration with the security that endpoints can be called with: an export does not hold its secrets, and what
 * gateways could not use is switched off, kept for whoever enters the rest.
 */
function withSecurity(
  document: Values,
  config: EndpointConfig,
  { isReplacing }: Situation,
  lines: ImportLine[],
): Values {
  const { endpoint_security: security } = document;
  if (!isRecord(security)) return document;
  const next: Values = { ...security };
  for (const keyType of keyTypes) {
    const stored = storedSecurity(config, keyType);
    const type = securityTypeOf(stored);
    if (type === "NONE") continue;
    const subject = `Endpoint security, ${keyType}`;
    const detail = type ?? textOf(stored.type);
    const read = readEndpointSecurity(config, keyType);
    if (read.ok) {
      lines.push(taken(subject, detail));
    } else if (isReplacing && read.issues.every(({ path }) => isMissingSecret(stored, path))) {
      lines.push(changed(subject, detail, "The project does not hold its secrets: what is stored here stays."));
    } else {
      next[keyType] = { ...stored, enabled: false };
      const reasons = read.issues.map(({ message }) => message).join(" ");
      lines.push(changed(subject, `${detail}, switched off`, `${reasons} That is done under Endpoints.`));
    }
  }
  return { ...document, endpoint_security: next };
}

function isMissingSecret(stored: Values, path: string): boolean {
  const name = path.split(".").at(-1) ?? "";
  return ["password", "clientSecret", "apiKeyValue"].includes(name) && textOf(stored[name]) === "";
}

/** A secret that an export shows as ***** is no secret: it is empty, as ours are. */
function withoutMasks(value: Values): Values {
  const unmask = (member: unknown): unknown => {
    if (typeof member === "string") return /^\*{3,}$/.test(member) ? "" : member;
    if (Array.isArray(member)) return member.map(unmask);
    return isRecord(member)
      ? Object.fromEntries(Object.entries(member).map(([key, each]) => [key, unmask(each)]))
      : member;
  };
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, key === "endpoint_security" ? unmask(member) : member]),
  );
}
