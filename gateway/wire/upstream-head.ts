import { withoutCookie } from "../endpoints/sessions/cookie-header.ts";
import { sessionCookieName } from "../endpoints/sessions/session-cookie.ts";
import { isGatewayCredential, type OwnFields } from "../proxy/credentials.ts";
import { fieldId } from "./field-name.ts";
import type { RequestHead } from "./request-head.ts";

/** What a request gets on its way to an endpoint. */
export type UpstreamLine = {
  method: string;
  /** Target for the request line. */
  path: string;
  /** Value of the Host field. */
  host: string;
  clientAddress: string;
  requestId: string;
  /** Which fields are the gateway's at this API. */
  ownFields: OwnFields;
};

/** Fields that end here: of this hop, the gateway's own, or written anew below. RFC 9110 §7.6.1. */
const removed = marks([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "upgrade",
  "http2-settings",
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-forwarded-host",
  "x-request-id",
  "internal-key",
]);

/** Methods whose requests usually have no body, so that no length need be given. RFC 9110 §8.6. */
const bodilessMethods = new Set(["GET", "HEAD", "DELETE", "OPTIONS", "TRACE"]);

/**
 * The head for the endpoint, a string of one character for each octet: the client's fields as the octets they are, in their
 * order, then ours.
 */
export function upstreamHead(buffer: Buffer, head: RequestHead, line: UpstreamLine): string {
  const { fields } = head;
  let text = `${line.method} ${line.path} HTTP/1.1\r\n`;
  let run = fields.start(0);
  for (let index = 0; index < fields.count; index += 1) {
    const id = fields.id(index);
    if (id === 0) continue;
    const value = replacement(buffer, head, index, id, line);
    if (value === undefined) continue;
    if (run < fields.start(index)) text += buffer.toString("latin1", run, fields.start(index));
    run = fields.end(index);
    if (value !== "") text += `${nameOf(buffer, fields, index, id)}: ${value}\r\n`;
  }
  const end = fields.end(fields.count - 1);
  if (run < end) text += buffer.toString("latin1", run, end);
  return text + tailFor(buffer, head, line);
}

/** The name as the client spells it; the usual spelling of the one that every request has is a string already. */
function nameOf(buffer: Buffer, fields: RequestHead["fields"], index: number, id: number): string {
  const start = fields.start(index);
  if (id === fieldId.host && buffer.readUInt32BE(start) === usualHost) return "Host";
  return buffer.toString("latin1", start, fields.nameEnd(index));
}

const usualHost = 0x48_6f_73_74;

/** What becomes of a field: its new value, "" to leave it out, undefined to leave it as it is. */
function replacement(
  buffer: Buffer,
  { fields, framing }: RequestHead,
  index: number,
  id: number,
  line: UpstreamLine,
): string | undefined {
  if (removed[id] === 1) return "";
  switch (id) {
    case fieldId.host:
      return line.host;
    case fieldId.trailer:
      return framing === "chunked" ? undefined : "";
    case fieldId.apikey:
      return isGatewayCredential("apikey", fields.text(buffer, index), line.ownFields) ? "" : undefined;
    case fieldId.authorization:
      return line.ownFields.authorization ? "" : undefined;
    case fieldId.cookie: {
      const value = fields.text(buffer, index);
      return value.includes(sessionCookieName) ? withoutCookie(value, sessionCookieName) : undefined;
    }
    default:
      return undefined;
  }
}

function tailFor(buffer: Buffer, { fields, framing }: RequestHead, line: UpstreamLine): string {
  const before = valuesOf(buffer, fields, fieldId["x-forwarded-for"]);
  const forwardedFor = before === "" ? line.clientAddress : `${before}, ${line.clientAddress}`;
  const proto = fields.textOf(buffer, fieldId["x-forwarded-proto"]) ?? "http";
  const host = fields.textOf(buffer, fieldId["x-forwarded-host"]) ?? fields.textOf(buffer, fieldId.host) ?? "";
  const length = framing === "none" && !bodilessMethods.has(line.method) ? "Content-Length: 0\r\n" : "";
  return `${length}X-Forwarded-For: ${forwardedFor}\r\nX-Forwarded-Proto: ${proto}\r\nX-Forwarded-Host: ${host}\r\nX-Request-Id: ${line.requestId}\r\n\r\n`;
}

function valuesOf(buffer: Buffer, fields: RequestHead["fields"], id: number): string {
  if (fields.countOf(id) === 0) return "";
  if (fields.countOf(id) === 1) return fields.textOf(buffer, id) ?? "";
  const values: string[] = [];
  for (let index = 0; index < fields.count; index += 1)
    if (fields.id(index) === id) values.push(fields.text(buffer, index));
  return values.filter((value) => value !== "").join(", ");
}

function marks(names: readonly (keyof typeof fieldId)[]): Uint8Array {
  const marked = new Uint8Array(32);
  for (const name of names) marked[fieldId[name]] = 1;
  return marked;
}
