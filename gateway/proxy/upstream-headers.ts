import type { IncomingMessage } from "node:http";
import type { EndpointTarget } from "../../lib/model/endpoint-target.ts";
import { withoutCookie } from "../endpoints/sessions/cookie-header.ts";
import { sessionCookieName } from "../endpoints/sessions/session-cookie.ts";
import { isGatewayCredential, type OwnFields } from "./credentials.ts";
import { endToEndHeaders, fieldValues } from "./headers.ts";
import { hasBody, type Incoming, isChunked } from "./incoming.ts";

const replaced = new Set(["x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-request-id"]);
/** Expect is forwarded where the client still waits; the other one asks for a protocol that is not spoken here. */
const removed = new Set(["expect", "http2-settings"]);
/** Methods whose requests usually have no body, so that no length need be given. RFC 9110 §8.6. */
const bodilessMethods = new Set(["GET", "HEAD", "DELETE", "OPTIONS", "TRACE"]);

/**
 * The header fields for the endpoint, as a flat list: the client's in their order and spelling, then ours. Gateway
 * credentials and the session cookie stay here.
 *
 * @param own which fields are the gateway's at this API
 */
export function upstreamHeaders(
  request: IncomingMessage,
  incoming: Incoming,
  target: EndpointTarget,
  own: OwnFields,
): string[] {
  const raw = request.rawHeaders;
  const headers = endToEndHeaders(raw, (name, value) => {
    if (removed.has(name) || replaced.has(name) || isGatewayCredential(name, value, own)) return undefined;
    if (name === "host") return target.host;
    if (name === "cookie") return withoutCookie(value, sessionCookieName) || undefined;
    return value;
  });
  if (fieldValues(raw, "host").length === 0) headers.push("Host", target.host);
  headers.push(...framing(request));
  const forwardedFor = [...fieldValues(raw, "x-forwarded-for"), incoming.clientAddress].filter((part) => part !== "");
  const [forwardedProto = incoming.isEncrypted ? "https" : "http"] = fieldValues(raw, "x-forwarded-proto");
  const [forwardedHost = fieldValues(raw, "host")[0] ?? ""] = fieldValues(raw, "x-forwarded-host");
  headers.push("X-Forwarded-For", forwardedFor.join(", "));
  headers.push("X-Forwarded-Proto", forwardedProto);
  headers.push("X-Forwarded-Host", forwardedHost);
  headers.push("X-Request-Id", incoming.requestId);
  return headers;
}

/** Content-Length is forwarded as it came; chunks are cut anew on this hop, and may end in trailers. */
function framing(request: IncomingMessage): string[] {
  if (isChunked(request)) {
    const trailers = fieldValues(request.rawHeaders, "trailer").flatMap((value) => ["Trailer", value]);
    return ["Transfer-Encoding", "chunked", ...trailers];
  }
  const says = hasBody(request) || fieldValues(request.rawHeaders, "content-length").length > 0;
  return says || bodilessMethods.has(request.method ?? "") ? [] : ["Content-Length", "0"];
}

/**
 * The header fields for the client, as a flat list: the endpoint's in their order and spelling, then ours. `Trailer` is
 * kept only where the response is chunked again, which is where trailers can follow.
 */
export function downstreamHeaders(
  raw: readonly string[],
  requestId: string,
  setCookies: readonly string[],
  isChunkedAgain: boolean,
): string[] {
  const headers = endToEndHeaders(raw, (name, value) => (name === "x-request-id" ? undefined : value));
  headers.push("X-Request-Id", requestId);
  if (isChunkedAgain) for (const value of fieldValues(raw, "trailer")) headers.push("Trailer", value);
  for (const cookie of setCookies) headers.push("Set-Cookie", cookie);
  return headers;
}
