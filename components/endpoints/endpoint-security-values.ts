import type { KeyType } from "@/lib/model/endpoint-config.ts";
import {
  endpointSecurityIssues,
  type SecurityType,
  securityTypeOf,
  storedSecurity,
} from "@/lib/model/endpoint-security.ts";
import type { ProblemItem } from "@/lib/model/problem.ts";
import { isRecord } from "@/lib/model/wso2-value.ts";
import { configFromDraft, type EndpointsDraft } from "./endpoints-draft.ts";

/** What stands in the fields of a key type's endpoint security, in WSO2's form. */
export type SecurityValues = Record<string, unknown>;

/** Fields that are never sent to the browser: empty means unchanged. */
const secretFields = new Set(["password", "clientSecret", "apiKeyValue"]);

/** The draft with other endpoint security for a key type. */
export function withSecurity(draft: EndpointsDraft, keyType: KeyType, values: SecurityValues): EndpointsDraft {
  const all = draft.extra?.endpoint_security;
  return {
    ...draft,
    extra: { ...draft.extra, endpoint_security: { ...(isRecord(all) ? all : {}), [keyType]: values } },
  };
}

/** What is wrong with the endpoint security of a form, but for secrets: only the server knows if one is stored. */
export function securityIssues(draft: EndpointsDraft): ProblemItem[] {
  return endpointSecurityIssues(configFromDraft(draft)).filter(({ path }) => {
    const [, keyType, field = ""] = path.split(".");
    return draft[keyType === "sandbox" ? "sandbox" : "production"].enabled && !secretFields.has(field);
  });
}

/** The fields after another type was chosen: what was typed for the others stays. */
export function withType(values: SecurityValues, type: SecurityType): SecurityValues {
  const defaults = { OAUTH: { grantType: "CLIENT_CREDENTIALS" }, APIKEY: { apiKeyIdentifierType: "HEADER" } };
  const more = type === "OAUTH" ? defaults.OAUTH : type === "APIKEY" ? defaults.APIKEY : {};
  const word = type === "APIKEY" ? "API_KEY" : type;
  return { ...more, ...values, enabled: type !== "NONE", type: word };
}

/** Whether a secret of this type may be stored already. */
export function hasStoredSecret(stored: EndpointsDraft, keyType: KeyType, type: SecurityType): boolean {
  return securityTypeOf(storedSecurity(stored, keyType)) === type;
}

/** The text of a field, whatever stands there. */
export function fieldText(values: SecurityValues, field: string): string {
  const value = values[field];
  if (Array.isArray(value)) return value.join(" ");
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** Custom parameters as lines of name=value. */
export function parameterLines(value: unknown): string {
  const parameters = typeof value === "string" ? parseRecord(value) : isRecord(value) ? value : {};
  return Object.entries(parameters)
    .map(([name, one]) => `${name}=${isRecord(one) ? String(one.value ?? "") : String(one)}`)
    .join("\n");
}

/** Lines of name=value as custom parameters; lines without a name are left out. */
export function parametersOfLines(text: string): Record<string, string> {
  const pairs = text.split("\n").flatMap((line) => {
    const at = line.indexOf("=");
    const name = (at === -1 ? line : line.slice(0, at)).trim();
    return name === "" ? [] : [[name, at === -1 ? "" : line.slice(at + 1).trim()]];
  });
  return Object.fromEntries(pairs);
}

function parseRecord(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {}; // The schema says what is wrong with it.
  }
}
