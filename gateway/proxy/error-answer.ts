import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { errorBody, type GatewayError, keyChallenge } from "./gateway-error.ts";

/**
 * Answers with an error of the gateway's own; a response that has begun is broken off instead.
 *
 * @param closes the connection cannot carry another request: for instance, a body was announced and will not come
 * @param more header fields beside those of every error, as a flat list
 */
export function sendError(
  response: ServerResponse,
  error: GatewayError,
  requestId: string,
  closes = false,
  more: readonly string[] = [],
): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const body = errorBody(error);
  const headers = headersFor(error, body, requestId);
  headers.push(...more);
  if (closes || error.closes) headers.push("Connection", "close");
  response.writeHead(error.status, reasonFor(error), headers);
  response.end(body);
}

const ended = new WeakSet<Duplex>();
const lingerMs = 1_000;

/** Answers a preflight: fields and no content. RFC 9110 §8.6: a 204 has no Content-Length. */
export function sendPreflight(
  response: ServerResponse,
  fields: readonly string[],
  requestId: string,
  closes: boolean,
): void {
  const headers = [...fields, "X-Request-Id", requestId, "Date", new Date().toUTCString()];
  if (closes) headers.push("Connection", "close");
  response.writeHead(204, headers);
  response.end();
}

/** The same on a connection that has no response object, which ends with it. RFC 9112 §9.6. Returns whether it answered. */
export function endWithError(
  socket: Duplex,
  error: GatewayError,
  requestId: string,
  more: readonly string[] = [],
): boolean {
  if (ended.has(socket)) return false; // More of the same.
  if (!socket.writable) {
    socket.destroy();
    return false;
  }
  ended.add(socket);
  socket.end(errorResponse(error, requestId, { closes: true, isHead: false, more }));
  // Closing at once would reset the connection, and the answer with it, while the client is still sending.
  const linger = setTimeout(() => socket.destroy(), lingerMs);
  socket.once("close", () => clearTimeout(linger));
  return true;
}

/** The whole answer as it stands on the wire. */
export function errorResponse(
  error: GatewayError,
  requestId: string,
  { closes, isHead, more }: { closes: boolean; isHead: boolean; more: readonly string[] },
): string {
  const body = errorBody(error);
  const headers = [...headersFor(error, body, requestId), ...more, ...(closes ? ["Connection", "close"] : [])];
  const lines = [`HTTP/1.1 ${error.status} ${reasonFor(error)}`];
  for (let index = 0; index < headers.length; index += 2) lines.push(`${headers[index]}: ${headers[index + 1]}`);
  return `${lines.join("\r\n")}\r\n\r\n${isHead ? "" : body}`;
}

function headersFor(error: GatewayError, body: string, requestId: string): string[] {
  const headers = ["Content-Type", "application/json", "Content-Length", String(Buffer.byteLength(body))];
  headers.push("X-Request-Id", requestId, "Date", new Date().toUTCString());
  const challenges = error.challenges ?? (error.status === 401 ? [keyChallenge] : []);
  for (const challenge of challenges) headers.push("WWW-Authenticate", challenge);
  if (error.status === 405) headers.push("Allow", error.allow ?? "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE");
  if (error.retryAfterSeconds !== undefined) headers.push("Retry-After", String(error.retryAfterSeconds));
  if (error.fields) headers.push(...error.fields);
  return headers;
}

function reasonFor(error: GatewayError): string {
  return STATUS_CODES[error.status] ?? error.message;
}
