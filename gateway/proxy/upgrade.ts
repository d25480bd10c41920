import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Duplex } from "node:stream";
import type { ErrorCode } from "../../lib/model/error-code.ts";
import type { Selection } from "../endpoints/group-runtime.ts";
import { upstreamPath } from "../routing/upstream-path.ts";
import { AttemptError, errorCodeOf } from "./attempt-error.ts";
import { withoutQueryKey } from "./credentials.ts";
import { clientIdentity, cookiePath, type ExchangeContext, findDestination, refusalError } from "./exchange.ts";
import { attemptFailed, errorBody, type GatewayError } from "./gateway-error.ts";
import { type Incoming, readIncoming } from "./incoming.ts";
import { downstreamHeaders, upstreamHeaders } from "./upstream-headers.ts";

/** A WebSocket on which nothing moves in either direction is cut after this, ms. */
const idleTimeoutMs = 300_000;

type UpgradeResult =
  | { kind: "upgraded" | "answered"; response: IncomingMessage; socket: Duplex; head: Buffer }
  | { kind: "error"; code: ErrorCode }
  | { kind: "client-gone" };

/**
 * Serves an upgrade to WebSocket: the same way as any request, up to the endpoint's 101. http-proxy's own `ws` closes the
 * client when an endpoint cannot be reached, so it could not fail over; hence `node:http` here.
 */
export async function serveUpgrade(
  context: ExchangeContext,
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
): Promise<void> {
  client.on("error", () => client.destroy());
  const incoming = readIncoming(request);
  const destination = findDestination(context, request, incoming);
  if ("status" in destination) return answer(client, destination, incoming.requestId);
  const { group } = destination;
  const session = context.sessions.identify(group, clientIdentity(request, {}), context.now(), context.wallClock());
  const tried = new Set<string>();
  let lastCode: ErrorCode | undefined;
  for (;;) {
    const selection = group.pick(tried, session.boundEndpointId, context.now());
    if (selection.kind === "refusal") {
      const error = lastCode === undefined ? refusalError(group, selection) : attemptFailed(lastCode);
      return answer(client, error, incoming.requestId);
    }
    tried.add(selection.endpoint.id);
    context.sessions.onSelected(group, session, selection, context.now());
    const path = upstreamPath(selection.endpoint.target, destination.path, withoutQueryKey(incoming.query));
    const result = await requestUpgrade(request, incoming, client, selection, path);
    if (result.kind === "client-gone") return group.settle(selection, { kind: "void" }, context.now());
    if (result.kind === "error") {
      group.settle(selection, { kind: "error", code: result.code }, context.now());
      context.metrics.countAttempt(String(result.code));
      lastCode = result.code;
      if (group.mayFailOver && !selection.endpoint.policy.disabledErrorCodes.includes(result.code)) continue;
      return answer(client, attemptFailed(result.code), incoming.requestId);
    }
    group.settle(selection, { kind: "success" }, context.now());
    context.metrics.countAttempt("success");
    const setCookies = context.sessions.onResponse(
      group,
      session,
      selection,
      {
        setCookies: result.response.headers["set-cookie"] ?? [],
        isSecure: incoming.isEncrypted,
        cookiePath: cookiePath(destination.api.context),
      },
      context.now(),
      context.wallClock(),
    );
    writeHead(client, result.response, incoming.requestId, setCookies, result.kind === "upgraded");
    if (result.kind === "answered") return relayAnswer(client, result.response);
    return join(client, head, result.socket, result.head);
  }
}

function requestUpgrade(
  request: IncomingMessage,
  incoming: Incoming,
  client: Duplex,
  { endpoint }: Selection,
  path: string,
): Promise<UpgradeResult> {
  const { target, policy } = endpoint;
  const headers = upstreamHeaders(request, incoming, target);
  headers.push("Connection", "Upgrade", "Upgrade", request.headers.upgrade ?? "websocket");
  const options: RequestOptions = {
    host: target.hostname,
    port: target.port,
    method: request.method ?? "GET",
    path,
    headers,
    agent: false,
    setHost: false,
  };
  return new Promise((resolve) => {
    const upstream = target.protocol === "https:" ? httpsRequest(options) : httpRequest(options);
    let phase: "connecting" | "waiting" = "connecting";
    let timer = setTimeout(
      () => upstream.destroy(new AttemptError(101508, "connect timeout")),
      policy.connectTimeoutMs,
    );
    const onGone = () => {
      end({ kind: "client-gone" });
      upstream.destroy();
    };
    const end = (result: UpgradeResult) => {
      clearTimeout(timer);
      client.off("close", onGone);
      resolve(result);
    };
    client.once("close", onGone);
    upstream.on("socket", (socket) => {
      socket.once(target.protocol === "https:" ? "secureConnect" : "connect", () => {
        phase = "waiting";
        clearTimeout(timer);
        timer = setTimeout(
          () => upstream.destroy(new AttemptError(101504, "response timeout")),
          policy.responseTimeoutMs,
        );
      });
    });
    upstream.on("upgrade", (response, socket, upgradeHead) =>
      end({ kind: "upgraded", response, socket, head: upgradeHead }),
    );
    upstream.on("response", (response) =>
      end({ kind: "answered", response, socket: response.socket, head: Buffer.alloc(0) }),
    );
    upstream.on("error", (error) => end({ kind: "error", code: errorCodeOf(error, phase) }));
    upstream.end();
  });
}

function writeHead(
  client: Duplex,
  response: IncomingMessage,
  requestId: string,
  setCookies: string[],
  isUpgraded: boolean,
): void {
  const headers = downstreamHeaders(response.rawHeaders, requestId, setCookies);
  if (isUpgraded) headers.push("Connection", "Upgrade", "Upgrade", response.headers.upgrade ?? "websocket");
  else headers.push("Connection", "close");
  const lines = [`HTTP/1.1 ${response.statusCode} ${response.statusMessage ?? ""}`];
  for (let index = 0; index < headers.length; index += 2) lines.push(`${headers[index]}: ${headers[index + 1]}`);
  client.write(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}

/** The endpoint answered without upgrading: its body, delimited by the end of the connection. */
function relayAnswer(client: Duplex, response: IncomingMessage): void {
  response.pipe(client);
  response.on("error", () => client.destroy());
  client.on("close", () => response.destroy());
}

/** Two connections become one, until either ends or nothing has moved for {@link idleTimeoutMs}. */
function join(client: Duplex, clientHead: Buffer, upstream: Duplex, upstreamHead: Buffer): void {
  if (upstreamHead.length > 0) client.write(upstreamHead);
  if (clientHead.length > 0) upstream.write(clientHead);
  const idle = setTimeout(() => client.destroy(), idleTimeoutMs);
  const end = () => {
    clearTimeout(idle);
    client.destroy();
    upstream.destroy();
  };
  for (const side of [client, upstream]) {
    side.on("data", () => idle.refresh());
    side.on("error", end);
    side.on("close", end);
  }
  client.pipe(upstream);
  upstream.pipe(client);
}

function answer(client: Duplex, error: GatewayError, requestId: string): void {
  if (client.destroyed) return;
  const body = errorBody(error);
  const retry = error.retryAfterSeconds === undefined ? "" : `Retry-After: ${error.retryAfterSeconds}\r\n`;
  client.end(
    `HTTP/1.1 ${error.status} ${error.message}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `X-Request-Id: ${requestId}\r\n${retry}Connection: close\r\n\r\n${body}`,
  );
}
