import http from "node:http";
import https from "node:https";
import { TLSSocket } from "node:tls";
import {
  type EndpointCheck,
  type EndpointCheckRequest,
  endpointCheckRequestSchema,
} from "../../model/endpoint-check.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { lookupAllowed, RefusedAddressError } from "./allowed-lookup.ts";
import { connectionErrorInWords } from "./connection-error.ts";
import { isRefusedAddress } from "./refused-address.ts";

/** For everything together: lookup, connection, TLS, response headers. */
const deadlineMs = 5_000;

/** Checks that run at once in this process: each holds a socket, and a thread while it looks a name up. */
const maxRunning = 20;
let running = 0;

/**
 * Asks an endpoint for an answer from where the publisher runs. Redirects are not followed and no body is read; the
 * certificate is verified as the gateway verifies it. Problems: invalid at `url`, `method`, `path`; also for addresses
 * that are refused, whether written or resolved to. too-many-requests while many others are being checked.
 */
export async function checkEndpoint(context: ServerContext, request: EndpointCheckRequest): Promise<EndpointCheck> {
  requirePermission(context, "endpoint.check");
  const { url, method, path } = parseInput(endpointCheckRequestSchema, request);
  const target = new URL(withPath(url, path));
  if (isRefusedAddress(target.hostname)) throw refusedProblem();
  const started = performance.now();
  const elapsedMs = () => Math.round(performance.now() - started);
  if (running >= maxRunning) {
    throw new Problem("too-many-requests", "Many endpoints are being checked just now. Try again in a moment.", [], 2);
  }
  running += 1;
  try {
    const answer = await ask(target, method);
    return { ...answer, latencyMs: elapsedMs() };
  } catch (error) {
    if (error instanceof RefusedAddressError) throw refusedProblem();
    const words = connectionErrorInWords(error, target, deadlineMs);
    return { statusCode: null, statusMessage: "", latencyMs: elapsedMs(), error: words };
  } finally {
    running -= 1;
  }
}

/** The path appended as the gateway appends it: behind the URL's own path, before its query. */
function withPath(url: string, path: string): string {
  if (path === "") return url;
  const [base = "", query] = url.split("?", 2);
  if (path.startsWith("?")) return base + path;
  const joined = base.replace(/\/$/, "") + path;
  return query === undefined || path.includes("?") ? joined : `${joined}?${query}`;
}

function refusedProblem(): Problem {
  const message = "Link-local addresses are not checked: clouds keep their metadata services there.";
  return new Problem("invalid", message, [{ path: "url", message }]);
}

type Answer = Pick<EndpointCheck, "statusCode" | "statusMessage" | "tls">;

function ask(target: URL, method: string): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const client = target.protocol === "https:" ? https : http;
  const request = client.request(target, {
    method,
    agent: false,
    lookup: lookupAllowed,
    signal: AbortSignal.timeout(deadlineMs),
    headers: { accept: "*/*", "user-agent": "Fairlead endpoint check" },
  });
  const answered = (response: http.IncomingMessage) => {
    resolve({
      statusCode: response.statusCode ?? null,
      statusMessage: (response.statusMessage ?? "").slice(0, 100),
      ...tlsOf(response.socket),
    });
    request.destroy(); // Its body is nobody's business here.
    response.socket.destroy(); // Of an upgrade it is not the request's any more.
  };
  request.on("response", answered);
  // Nobody asked for another protocol; Node tells such an answer here and nowhere else.
  request.on("upgrade", answered);
  request.on("error", reject); // Also after the answer, when it changes nothing any more.
  request.end();
  return promise;
}

function tlsOf(socket: unknown): Pick<EndpointCheck, "tls"> {
  if (!(socket instanceof TLSSocket)) return {};
  const validTo = new Date(socket.getPeerCertificate().valid_to);
  return {
    tls: { protocol: socket.getProtocol() ?? "", validTo: Number.isNaN(validTo.getTime()) ? null : validTo },
  };
}
