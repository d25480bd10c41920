import { createServer, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { type ExchangeContext, sendError, serveRequest } from "./exchange.ts";
import { errorBody, type GatewayError, gatewayErrors } from "./gateway-error.ts";
import { serveUpgrade } from "./upgrade.ts";

/** The listener that consumers call. Limits: head 16 KiB and 100 fields, 10 s for a head, 60 s idle. */
export function createTrafficServer(context: ExchangeContext): Server {
  const server = createServer({
    maxHeaderSize: 16_384,
    headersTimeout: 10_000,
    // A body may take as long as it keeps moving.
    requestTimeout: 0,
    keepAliveTimeout: 60_000,
    connectionsCheckingInterval: 1_000,
    noDelay: true,
    // A request without Host is refused by us, in words.
    requireHostHeader: false,
    shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === "websocket",
  });
  server.maxHeadersCount = 101;
  const underWay = new WeakMap<Duplex, number>();
  server.on("request", (request, response) => {
    // Every attempt listens for the client's end; there may be as many as a group has endpoints.
    request.setMaxListeners(0);
    response.setMaxListeners(0);
    request.on("error", () => undefined);
    const { socket } = request;
    underWay.set(socket, (underWay.get(socket) ?? 0) + 1);
    response.once("close", () => underWay.set(socket, (underWay.get(socket) ?? 1) - 1));
    if (request.rawHeaders.length > 200) return sendError(response, gatewayErrors.headTooLarge, "");
    serveRequest(context, request, response).catch((error: unknown) => {
      context.log.error(
        { error: error instanceof Error ? error.stack : String(error) },
        "request failed in the gateway",
      );
      response.destroy();
    });
  });
  server.on("upgrade", (request, socket, head) => {
    serveUpgrade(context, request, socket, head).catch((error: unknown) => {
      context.log.error(
        { error: error instanceof Error ? error.stack : String(error) },
        "upgrade failed in the gateway",
      );
      socket.destroy();
    });
  });
  server.on("clientError", (error: Error & { code?: string }, socket) => {
    // An answer now would be taken for the one to the request before, or land in the middle of it.
    if ((underWay.get(socket) ?? 0) > 0) socket.destroy();
    else refuse(socket, refusalFor(error.code));
  });
  return server;
}

function refusalFor(code: string | undefined): GatewayError {
  if (code === "HPE_HEADER_OVERFLOW") return gatewayErrors.headTooLarge;
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return gatewayErrors.slowClient;
  return gatewayErrors.malformed;
}

const refused = new WeakSet<Duplex>();
const lingerMs = 1_000;

/** Answers what is no request, and ends the connection. RFC 9112 §3, §9.6, §11.2. */
function refuse(socket: Duplex, error: GatewayError): void {
  if (refused.has(socket)) return; // More of the same.
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  refused.add(socket);
  const body = errorBody(error);
  socket.end(
    `HTTP/1.1 ${error.status} ${error.message}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
  // Closing at once would reset the connection, and the answer with it, while the client is still sending.
  const linger = setTimeout(() => socket.destroy(), lingerMs);
  socket.once("close", () => clearTimeout(linger));
}
