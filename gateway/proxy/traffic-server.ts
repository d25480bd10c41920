import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { maxHeaderFields } from "./destination.ts";
import { endWithError } from "./error-answer.ts";
import { serveRequest } from "./exchange.ts";
import type { ExchangeContext } from "./exchange-context.ts";
import { type GatewayError, gatewayErrors } from "./gateway-error.ts";
import type { ConnectionEnd } from "./traffic-metrics.ts";
import { serveUpgrade } from "./upgrade.ts";

const maxHeadBytes = 16 * 1024;
const checkIntervalMs = 1_000;

/** The listener that consumers call. Limits: head 16 KiB and 100 fields, and those of the context. */
export function createTrafficServer(context: ExchangeContext): Server {
  const server = createServer({
    maxHeaderSize: maxHeadBytes,
    headersTimeout: context.clientLimits.headMs,
    // A body may take as long as it keeps moving.
    requestTimeout: 0,
    keepAliveTimeout: context.clientLimits.keepAliveMs,
    connectionsCheckingInterval: Math.min(checkIntervalMs, context.clientLimits.headMs),
    noDelay: true,
    // A request without Host is refused by us, in words.
    requireHostHeader: false,
    shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === "websocket",
  });
  server.maxHeadersCount = maxHeaderFields + 1;
  const underWay = new WeakMap<Duplex, Set<ServerResponse>>();
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    const responses = underWay.get(socket) ?? new Set();
    underWay.set(socket, responses.add(response));
    response.once("close", () => responses.delete(response));
    // What breaks on the client's side closes the response as well, which is where it is dealt with.
    request.on("error", () => undefined);
    response.on("error", () => undefined);
    void serveRequest(context, request, response);
  };
  // Expect is the endpoint's to answer: it knows what it wants to read.
  server.on("request", serve).on("checkContinue", serve).on("checkExpectation", serve);
  server.on("upgrade", (request, socket, head) => void serveUpgrade(context, request, socket, head));
  const refuse = (socket: Duplex, error: GatewayError) => {
    const requestId = randomUUID();
    if (!endWithError(socket, error, requestId)) return;
    context.decisions.refused(requestId, error, context.now());
    context.metrics.countConnectionEnd(reasonOf(error));
  };
  server.on("connect", (_request, socket) => refuse(socket, gatewayErrors.methodNotServed));
  server.on("clientError", (error: Error & { code?: string }, socket) => {
    if (mayAnswer(underWay.get(socket))) refuse(socket, refusalFor(error.code));
    else socket.destroy();
  });
  return server;
}

/** The reason in the metrics of a request that could not be read. */
export function reasonOf({ status }: GatewayError): ConnectionEnd {
  if (status === 408) return "slow-head";
  return status === 431 ? "head-too-large" : "malformed";
}

/**
 * Whether an answer to what cannot be read would be understood as such. Beside a request that has been read whole, it
 * would be taken for that one's; after a head, it would be part of the body.
 */
function mayAnswer(responses: ReadonlySet<ServerResponse> | undefined): boolean {
  const [first, ...others] = responses ?? [];
  return first === undefined || (others.length === 0 && !first.headersSent && !first.req.complete);
}

function refusalFor(code: string | undefined): GatewayError {
  if (code === "HPE_HEADER_OVERFLOW") return gatewayErrors.headTooLarge;
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return gatewayErrors.slowClient;
  return gatewayErrors.malformed;
}
