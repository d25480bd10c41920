import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { EndpointTarget } from "../../lib/model/endpoint-target.ts";
import type { HealthCheck } from "../../lib/model/group-settings.ts";
import { applyAuthorization } from "../credentials/apply-authorization.ts";
import { fieldValues } from "../proxy/headers.ts";
import type { HealthTarget } from "./health-target.ts";

/** What one check found. `reason` is Node's code for the error. */
export type HealthResult =
  | { kind: "success" }
  | { kind: "wrong-status"; status: number }
  | { kind: "timeout" }
  | { kind: "error"; reason: string }
  /** The check was given up, and says nothing. */
  | { kind: "void" };

/** Where a name has several addresses, each gets this long before the next one is tried as well, ms. RFC 8305. */
const addressAttemptMs = 1_000;

/**
 * Connections of their own for checks, each a new one: a check that went over a connection that stands would not notice
 * that no other can be opened. TLS is verified as it is for requests.
 */
export class HealthAgents {
  readonly #http = new HttpAgent({ autoSelectFamilyAttemptTimeout: addressAttemptMs });
  readonly #https = new HttpsAgent({ autoSelectFamilyAttemptTimeout: addressAttemptMs });

  for(protocol: EndpointTarget["protocol"]): HttpAgent {
    return protocol === "https:" ? this.#https : this.#http;
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}

/**
 * Asks an endpoint, with the credentials that requests to it have: once, and once more when it wants other ones. Where none
 * can be had, nothing is found out. Of its answer the head is read, nothing more. Never rejects.
 */
export async function requestHealth(
  endpoint: CheckedEndpoint,
  check: HealthCheck,
  agents: HealthAgents,
  givenUp: AbortSignal,
): Promise<HealthResult> {
  const { credentials, target } = endpoint;
  if (!credentials) return (await ask(endpoint, check, check.path, [], agents, givenUp)).result;
  const origin = `${target.protocol}//${target.host}`;
  for (let hasRenewed = false; ; hasRenewed = true) {
    try {
      await credentials.prepare();
    } catch {
      return { kind: "void" };
    }
    const fields: string[] = [];
    const authorization = credentials.authorize({ method: check.method, path: check.path, origin });
    const path = applyAuthorization(authorization, fields, check.path);
    const { result, challenges } = await ask(endpoint, check, path, fields, agents, givenUp);
    if (hasRenewed || result.kind !== "wrong-status" || result.status !== 401) return result;
    if (!(await credentials.renew({ origin, authorization, challenges }))) return result;
  }
}

type CheckedEndpoint = Pick<HealthTarget, "target" | "tls" | "credentials">;

/** An answer's challenges are what it says under WWW-Authenticate. */
type Asked = { result: HealthResult; challenges: readonly string[] };

function ask(
  { target: { protocol, hostname, port, host }, tls }: CheckedEndpoint,
  { method, statusFrom, statusTo, timeoutMs }: HealthCheck,
  path: string,
  fields: readonly string[],
  agents: HealthAgents,
  givenUp: AbortSignal,
): Promise<Asked> {
  return new Promise((resolve) => {
    let challenges: readonly string[] = [];
    const send = protocol === "https:" ? httpsRequest : httpRequest;
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), timeoutMs);
    const sent = send({
      host: hostname,
      port,
      method,
      path,
      headers: ["Host", host, "User-Agent", "Fairlead-Health-Check", "Accept", "*/*", "Connection", "close", ...fields],
      // Certificates may change between checks: what one connection learnt of TLS is not for the next.
      ...(tls ? { agent: false, secureContext: tls.secureContext } : { agent: agents.for(protocol) }),
      signal: timeout.signal,
    });
    const giveUp = () => end({ kind: "void" });
    const end = (result: HealthResult) => {
      clearTimeout(timer);
      givenUp.removeEventListener("abort", giveUp);
      resolve({ result, challenges });
      sent.destroy();
    };
    const answered = ({ statusCode: status = 0, rawHeaders }: IncomingMessage) => {
      challenges = fieldValues(rawHeaders, "www-authenticate");
      end(status >= statusFrom && status <= statusTo ? { kind: "success" } : { kind: "wrong-status", status });
    };
    givenUp.addEventListener("abort", giveUp, { once: true });
    sent.once("response", answered);
    // 101, which nobody asked for, is a status like any other here.
    sent.once("upgrade", (response, socket) => {
      answered(response);
      socket.destroy();
    });
    sent.on("error", (error) => {
      if (timeout.signal.aborted) end({ kind: "timeout" });
      else end({ kind: "error", reason: "code" in error ? String(error.code) : error.message });
    });
    sent.once("close", () => end({ kind: "error", reason: "closed without a response" }));
    sent.end();
  });
}
