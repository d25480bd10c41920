import type { CorsRules } from "../../lib/model/cors.ts";
import { type GatewayError, gatewayErrors } from "./gateway-error.ts";

/** The values of a field of a request, by its name in lower case. */
export type ReadValues = (name: string) => readonly string[];

/** An answer to a preflight: these fields and no content, or a refusal. */
export type PreflightAnswer = { kind: "granted"; fields: readonly string[] } | { kind: "refused"; error: GatewayError };

/**
 * What a browser is told that asks whether a page may call; undefined: the request does not ask. Fetch standard, "CORS-preflight
 * fetch": OPTIONS with Origin and Access-Control-Request-Method, each once. It never has credentials, so it is answered
 * before anybody looks for them, with the same words to everybody: what a page may do is for the browser to see to, and
 * whoever only claims to be a browser learns nothing and reaches nothing.
 */
export function answerPreflight(cors: CorsRules, method: string, values: ReadValues): PreflightAnswer | undefined {
  if (method !== "OPTIONS") return undefined;
  const asked = values("access-control-request-method");
  if (asked.length === 0 || values("origin").length === 0) return undefined;
  const { isAllowed, fields } = cors.preflight(originOf(values));
  if (isAllowed && asked.length === 1 && isMethod.test(asked[0] ?? "")) return { kind: "granted", fields };
  return { kind: "refused", error: gatewayErrors.originRefused };
}

const isMethod = /^[\w!#$%&'*+.^`|~-]{1,64}$/;

/** Where a request says that it comes from; undefined when it does not say, or says more than one thing. */
export function originOf(values: ReadValues): string | undefined {
  const [origin, ...others] = values("origin");
  return others.length === 0 ? origin : undefined;
}
