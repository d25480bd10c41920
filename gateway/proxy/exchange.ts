import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { ErrorCode } from "../../lib/model/error-code.ts";
import type { GroupRuntime, Selection } from "../endpoints/group-runtime.ts";
import type { ClientIdentity, RequestSession, SessionManager } from "../endpoints/sessions/session-manager.ts";
import { SoapHeaderReader, type SoapSessionIds } from "../endpoints/sessions/soap-header.ts";
import type { RoutingTable } from "../routing/routing-table.ts";
import { climbsUp, upstreamPath } from "../routing/upstream-path.ts";
import { admit, withoutQueryKey } from "./credentials.ts";
import type { GatewayApi } from "./gateway-api.ts";
import {
  attemptFailed,
  errorBody,
  type GatewayError,
  gatewayErrors,
  noEndpointFor,
  notReady,
} from "./gateway-error.ts";
import { fieldValues } from "./headers.ts";
import type { HttpForwarder } from "./http-attempt.ts";
import { hasBody, type Incoming, isAmbiguous, readIncoming } from "./incoming.ts";
import type { GatewayMetrics } from "./metrics.ts";
import { relayResponse } from "./relay-response.ts";
import { type ReplayBudget, RequestBody } from "./request-body.ts";
import { downstreamHeaders, upstreamHeaders } from "./upstream-headers.ts";

/** What requests are served with. */
export type ExchangeContext = {
  table: RoutingTable<GatewayApi>;
  sessions: SessionManager;
  forwarder: HttpForwarder;
  replayBudget: ReplayBudget;
  metrics: GatewayMetrics;
  log: Logger;
  secret: string;
  /** ms of a monotonic clock. */
  now: () => number;
  /** ms since the epoch. */
  wallClock: () => number;
};

/** Where a request that may be served goes. */
export type Destination = { api: GatewayApi; group: GroupRuntime; path: string };

const idempotentMethods = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]);

/** Serves one request, from its head to the end of its response. */
export async function serveRequest(
  context: ExchangeContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const startedAt = context.now();
  const incoming = readIncoming(request);
  const destination = findDestination(context, request, incoming);
  response.once("close", () => recordExchange(context, request, response, incoming, destination, startedAt));
  if ("status" in destination) {
    sendError(response, destination, incoming.requestId);
    return;
  }
  await serveBy(context, request, response, incoming, destination);
}

/** Route, credentials and group of a request, or the answer that ends it here. */
export function findDestination(
  context: ExchangeContext,
  request: IncomingMessage,
  incoming: Incoming,
): Destination | GatewayError {
  if (isAmbiguous(request)) return gatewayErrors.malformed;
  const match = context.table.match(incoming.path);
  if (!match) return gatewayErrors.noApi;
  const { route, rest } = match;
  if (climbsUp(rest)) return gatewayErrors.climbing;
  if (route.api.lifecycleState === "BLOCKED") return gatewayErrors.blocked;
  const admission = admit(route.api, request.rawHeaders, incoming.query, context.secret, context.wallClock());
  if (admission.kind === "missing") return gatewayErrors.keyMissing;
  if (admission.kind === "invalid") return gatewayErrors.keyInvalid;
  const group = route.groups[admission.keyType];
  if (!group) return noEndpointFor(admission.keyType);
  return { api: route, group, path: rest };
}

async function serveBy(
  context: ExchangeContext,
  request: IncomingMessage,
  response: ServerResponse,
  incoming: Incoming,
  destination: Destination,
): Promise<void> {
  const { group } = destination;
  const body = new RequestBody(request, context.replayBudget);
  response.once("close", () => body.release());
  const identity = await identify(context, request, group, body);
  const session = context.sessions.identify(group, identity, context.now(), context.wallClock());
  const tried = new Set<string>();
  let lastCode: ErrorCode | undefined;
  let repeatOn: Selection | undefined;
  for (;;) {
    const isRepeat = repeatOn !== undefined;
    const selection = repeatOn ?? group.pick(tried, session.boundEndpointId, context.now());
    repeatOn = undefined;
    if (selection.kind === "refusal") {
      const error = lastCode === undefined ? refusalError(group, selection) : attemptFailed(lastCode);
      sendError(response, error, incoming.requestId);
      return;
    }
    const { endpoint } = selection;
    tried.add(endpoint.id);
    context.sessions.onSelected(group, session, selection, context.now());
    const result = await context.forwarder.send({
      request,
      response,
      endpoint,
      path: upstreamPath(endpoint.target, destination.path, withoutQueryKey(incoming.query)),
      headers: upstreamHeaders(request, incoming, endpoint.target),
      body: body.open(),
      needsNewConnection: isRepeat,
    });
    switch (result.kind) {
      case "response":
        group.settle(selection, { kind: "success" }, context.now());
        context.metrics.countAttempt("success");
        forward(context, request, response, incoming, destination, session, selection, result.response);
        return;
      case "client-gone":
        group.settle(selection, { kind: "void" }, context.now());
        return;
      case "slow-client":
        group.settle(selection, { kind: "void" }, context.now());
        sendError(response, gatewayErrors.slowClient, incoming.requestId);
        return;
      case "error":
        if (result.isStale && body.canReplay && (!result.wasSent || isIdempotent(request))) {
          repeatOn = selection;
          continue;
        }
        group.settle(selection, { kind: "error", code: result.code }, context.now());
        context.metrics.countAttempt(String(result.code));
        lastCode = result.code;
        if (mayTryAnother(group, request, selection, result, body)) continue;
        sendError(response, attemptFailed(result.code), incoming.requestId);
        return;
    }
  }
}

/** Whether a failed attempt may be followed by one at another endpoint. Source: our rules on trying again. */
function mayTryAnother(
  group: GroupRuntime,
  request: IncomingMessage,
  selection: Selection,
  failed: { code: ErrorCode; wasSent: boolean },
  body: RequestBody,
): boolean {
  const { policy } = selection.endpoint;
  if (!group.mayFailOver || !body.canReplay) return false;
  if (policy.disabledErrorCodes.includes(failed.code)) return false;
  if (failed.code === 101504 && policy.timeoutAction === "discard") return false;
  return !failed.wasSent || isIdempotent(request) || group.settings.retryNonIdempotent;
}

function isIdempotent(request: IncomingMessage): boolean {
  return idempotentMethods.has(request.method ?? "") || request.headers["idempotency-key"] !== undefined;
}

export function refusalError(group: GroupRuntime, refusal: { code: number; retryAfterMs: number }): GatewayError {
  const stateName = group.endpoints[0]?.state.kind.toUpperCase() ?? "";
  return notReady(group, refusal, stateName);
}

/** What the request says of its client; for SOAP, the head of its body is read and kept for the endpoint. */
async function identify(
  context: ExchangeContext,
  request: IncomingMessage,
  group: GroupRuntime,
  body: RequestBody,
): Promise<ClientIdentity> {
  const identity = clientIdentity(request, {});
  const isXml = /xml/i.test(request.headers["content-type"] ?? "");
  if (!isXml || !hasBody(request) || !context.sessions.needsSoapHeader(group, identity.clientIdHeader)) return identity;
  const reader = new SoapHeaderReader();
  await body.peek(
    (chunk) => reader.write(chunk),
    () => reader.isDone,
    AbortSignal.timeout(10_000),
  );
  return { ...identity, soap: reader.ids };
}

export function clientIdentity(request: IncomingMessage, soap: SoapSessionIds): ClientIdentity {
  const cookies = fieldValues(request.rawHeaders, "cookie");
  return {
    cookie: cookies.length > 0 ? cookies.join("; ") : undefined,
    clientIdHeader: fieldValues(request.rawHeaders, "clientid")[0],
    soap,
  };
}

function forward(
  context: ExchangeContext,
  request: IncomingMessage,
  response: ServerResponse,
  incoming: Incoming,
  { api, group }: Destination,
  session: RequestSession,
  selection: Selection,
  upstream: IncomingMessage,
): void {
  const setCookies = context.sessions.onResponse(
    group,
    session,
    selection,
    {
      setCookies: upstream.headers["set-cookie"] ?? [],
      isSecure: incoming.isEncrypted || request.headers["x-forwarded-proto"] === "https",
      cookiePath: cookiePath(api.context),
    },
    context.now(),
    context.wallClock(),
  );
  if (group.session.kind === "soap" && /xml/i.test(upstream.headers["content-type"] ?? "")) {
    observeSoap(upstream, (ids) => context.sessions.onSoapResponse(group, selection, ids, context.now()));
  }
  const isEventStream = /^text\/event-stream/i.test(upstream.headers["content-type"] ?? "");
  relayResponse(request, response, upstream, {
    headers: downstreamHeaders(upstream.rawHeaders, incoming.requestId, setCookies),
    idleTimeoutMs: isEventStream ? 300_000 : 60_000,
  });
}

/** The part of a context that stands before the version: all versions of an API share the cookie's path. */
export function cookiePath(context: string): string {
  return context.split("/{version}")[0] || "/";
}

/** Reads the header of a SOAP response as it passes by. */
function observeSoap(upstream: IncomingMessage, onIds: (ids: SoapSessionIds) => void): void {
  const reader = new SoapHeaderReader();
  const observe = (chunk: Buffer) => {
    reader.write(chunk);
    if (!reader.isDone) return;
    upstream.off("data", observe);
    onIds(reader.ids);
  };
  upstream.on("data", observe);
}

/** Answers with an error of the gateway's own, if nothing has been answered yet. */
export function sendError(response: ServerResponse, error: GatewayError, requestId: string): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const body = errorBody(error);
  response.writeHead(error.status, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
    "X-Request-Id": requestId,
    ...(error.status === 401 ? { "WWW-Authenticate": 'ApiKey realm="Fairlead"' } : {}),
    ...(error.retryAfterSeconds === undefined ? {} : { "Retry-After": String(error.retryAfterSeconds) }),
    ...(error.closes ? { Connection: "close" } : {}),
  });
  response.end(body);
}

function recordExchange(
  context: ExchangeContext,
  request: IncomingMessage,
  response: ServerResponse,
  incoming: Incoming,
  destination: Destination | GatewayError,
  startedAt: number,
): void {
  const durationMs = context.now() - startedAt;
  const status = response.headersSent ? response.statusCode : 499;
  context.metrics.countRequest(status, durationMs);
  context.log.info(
    {
      requestId: incoming.requestId,
      method: request.method,
      // Never the query: keys may stand in it.
      path: incoming.path,
      status,
      durationMs: Math.round(durationMs * 10) / 10,
      ...("group" in destination
        ? { api: destination.api.id, keyType: destination.group.keyType }
        : { code: destination.code }),
    },
    "request",
  );
}
