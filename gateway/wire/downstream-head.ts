import { STATUS_CODES } from "node:http";
import { fieldId } from "./field-name.ts";
import type { ResponseHead } from "./response-head.ts";

/** What a response gets on its way to the client. */
export type DownstreamLine = {
  requestId: string;
  /** Further fields, each with its line end. */
  fields: string;
  /** Whether the body is cut into chunks here: the endpoint ends it by closing. */
  isChunkedHere: boolean;
  /** Whether the connection ends with this response. */
  closes: boolean;
  /** The Date of a response that has none. RFC 9110 §6.6.1. */
  date: string;
};

/** Fields of one hop, and the one that is written anew. RFC 9110 §7.6.1. */
const removed = new Uint8Array(32);
for (const name of [
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "upgrade",
  "x-request-id",
] as const) {
  removed[fieldId[name]] = 1;
}

const ordinaryOptions = /^(close|keep-alive)$/i;

/**
 * The head for the client, a string of one character for each octet: the endpoint's fields as the octets they are, in their
 * order, then ours.
 *
 * @param start where the endpoint's head begins in the buffer
 */
export function downstreamHead(buffer: Buffer, start: number, head: ResponseHead, line: DownstreamLine): string {
  const { fields, framing, fieldsStart } = head;
  const end = fields.count === 0 ? fieldsStart : fields.end(fields.count - 1);
  const named = namedByConnection(buffer, head);
  // RFC 9110 §8.6: a 204 says nothing of a length, and whoever believed one would wait for it.
  const hasNoLength = head.status === 204;
  // Whatever version the endpoint speaks, this hop is HTTP/1.1.
  let text = head.hasSoundReason ? version : statusLine(head.status);
  let run = head.hasSoundReason ? start + version.length : fieldsStart;
  for (let index = 0; index < fields.count; index += 1) {
    const id = fields.id(index);
    if (id === 0 && named === undefined) continue;
    const isOfOneHop =
      removed[id] === 1 || (id === fieldId.trailer && framing !== "chunked") || (hasNoLength && isLength(id));
    if (!isOfOneHop && !named?.has(nameOf(buffer, head, index))) continue;
    if (run < fields.start(index)) text += buffer.toString("latin1", run, fields.start(index));
    run = fields.end(index);
  }
  if (run < end) text += buffer.toString("latin1", run, end);
  return text + tailFor(head, line);
}

const version = "HTTP/1.1";

function isLength(id: number): boolean {
  return id === fieldId["content-length"] || id === fieldId["transfer-encoding"];
}

function statusLine(status: number): string {
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n`;
}

function tailFor({ fields, framing }: ResponseHead, line: DownstreamLine): string {
  const date = fields.countOf(fieldId.date) === 0 ? line.date : "";
  const coding = line.isChunkedHere && framing === "close" ? "Transfer-Encoding: chunked\r\n" : "";
  const close = line.closes ? "Connection: close\r\n" : "";
  return `X-Request-Id: ${line.requestId}\r\n${date}${coding}${line.fields}${close}\r\n`;
}

/** Names that the endpoint's Connection lists beside the ordinary options; undefined when there are none. */
function namedByConnection(buffer: Buffer, { fields }: ResponseHead): Set<string> | undefined {
  if (fields.countOf(fieldId.connection) === 0) return undefined;
  const names: string[] = [];
  for (let index = 0; index < fields.count; index += 1) {
    if (fields.id(index) !== fieldId.connection) continue;
    const value = fields.text(buffer, index);
    if (ordinaryOptions.test(value)) continue;
    names.push(...value.split(",").map((name) => name.trim().toLowerCase()));
  }
  const named = names.filter((name) => name !== "" && !neverOfOneHop.has(name));
  return named.length === 0 ? undefined : new Set(named);
}

/** Fields that a sender must not name in Connection: without them a message has another meaning or another length. */
const neverOfOneHop = new Set([
  "host",
  "content-length",
  "content-type",
  "content-encoding",
  "transfer-encoding",
  "date",
]);

function nameOf(buffer: Buffer, { fields }: ResponseHead, index: number): string {
  return buffer.toString("latin1", fields.start(index), fields.nameEnd(index)).toLowerCase();
}
