import type { IncomingMessage } from "node:http";
import type { EndpointTarget } from "../endpoints/endpoint-target.ts";
import { withoutCookie } from "../endpoints/sessions/cookie-header.ts";
import { sessionCookieName } from "../endpoints/sessions/session-cookie.ts";
import { endToEndHeaders, fieldValues } from "./headers.ts";
import type { Incoming } from "./incoming.ts";

const replaced = new Set(["x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-request-id"]);
/** Credentials for the gateway are nobody else's; Expect has been answered by the gateway. */
const removed = new Set(["apikey", "internal-key", "expect", "http2-settings"]);

/** The header fields for the endpoint, as a flat list: the client's in their order and spelling, then ours. */
export function upstreamHeaders(request: IncomingMessage, incoming: Incoming, target: EndpointTarget): string[] {
  const raw = request.rawHeaders;
  const headers = endToEndHeaders(raw, (name, value) => {
    if (removed.has(name) || replaced.has(name)) return undefined;
    if (name === "host") return target.host;
    if (name === "cookie") return withoutCookie(value, sessionCookieName) || undefined;
    return value;
  });
  if (request.headers.host === undefined) headers.push("Host", target.host);
  // Node frames a body by itself only for methods that usually have one.
  if (request.headers["transfer-encoding"] !== undefined) headers.push("Transfer-Encoding", "chunked");
  const forwardedFor = [...fieldValues(raw, "x-forwarded-for"), incoming.clientAddress].filter((part) => part !== "");
  headers.push("X-Forwarded-For", forwardedFor.join(", "));
  headers.push(
    "X-Forwarded-Proto",
    fieldValues(raw, "x-forwarded-proto")[0] ?? (incoming.isEncrypted ? "https" : "http"),
  );
  headers.push("X-Forwarded-Host", fieldValues(raw, "x-forwarded-host")[0] ?? request.headers.host ?? "");
  headers.push("X-Request-Id", incoming.requestId);
  return headers;
}

/** The header fields for the client, as a flat list: the endpoint's in their order and spelling, then ours. */
export function downstreamHeaders(raw: readonly string[], requestId: string, setCookies: readonly string[]): string[] {
  const headers = endToEndHeaders(raw, (name, value) => (name === "x-request-id" ? undefined : value));
  headers.push("X-Request-Id", requestId);
  for (const cookie of setCookies) headers.push("Set-Cookie", cookie);
  return headers;
}
