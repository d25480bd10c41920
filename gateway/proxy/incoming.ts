import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { fieldValues, isSaneRequestId } from "./headers.ts";

/** The parts of a request's target and head that every step needs. */
export type Incoming = {
  requestId: string;
  /** As it came, nothing decoded. */
  path: string;
  /** The query with its question mark, as it came; "" where there is none. */
  search: string;
  isEncrypted: boolean;
  clientAddress: string;
};

export function readIncoming(request: IncomingMessage): Incoming {
  const target = originForm(request.url ?? "/");
  const question = target.indexOf("?");
  const given = fieldValues(request.rawHeaders, "x-request-id");
  const candidate = given.length === 1 ? given[0] : undefined;
  return {
    requestId: isSaneRequestId(candidate) ? candidate : randomUUID(),
    path: question === -1 ? target : target.slice(0, question),
    search: question === -1 ? "" : target.slice(question),
    isEncrypted: "encrypted" in request.socket && request.socket.encrypted === true,
    clientAddress: request.socket.remoteAddress ?? "",
  };
}

/** Servers must accept the absolute form of a target; its path and query are what counts. RFC 9112 §3.2.2. */
function originForm(target: string): string {
  const absolute = /^https?:\/\/[^/?#]*/i.exec(target);
  if (!absolute) return target;
  const rest = target.slice(absolute[0].length);
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/** What makes a request ambiguous although Node's parser lets it through. RFC 9112 §3.2, §6.1. */
export function isAmbiguous(request: IncomingMessage): boolean {
  const raw = request.rawHeaders;
  const hosts = fieldValues(raw, "host");
  if (hosts.length > 1 || (hosts.length === 0 && request.httpVersion === "1.1")) return true;
  const codings = fieldValues(raw, "transfer-encoding");
  if (codings.length > 1 || (codings[0] !== undefined && codings[0].trim().toLowerCase() !== "chunked")) return true;
  const lengths = fieldValues(raw, "content-length");
  if (lengths.length > 1 || (lengths[0] !== undefined && !/^\d{1,15}$/.test(lengths[0].trim()))) return true;
  if (lengths.length > 0 && codings.length > 0) return true;
  const target = request.url ?? "";
  // A fragment never leaves a browser; who sends one would have two readers see two targets.
  if (target.includes("#")) return true;
  return !target.startsWith("/") && !(/^https?:\/\//i.test(target) && URL.canParse(target));
}

/** Whether a request has a body at all. RFC 9112 §6.3. */
export function hasBody(request: IncomingMessage): boolean {
  return isChunked(request) || contentLengthOf(request) > 0;
}

/** Length of the body as the head tells it, octets; 0 when it does not. */
export function contentLengthOf(request: IncomingMessage): number {
  return Number(fieldValues(request.rawHeaders, "content-length")[0] ?? 0);
}

/** Whether the body is chunked. Read from the raw fields: http-proxy edits the parsed ones of DELETE and OPTIONS. */
export function isChunked(request: IncomingMessage): boolean {
  return fieldValues(request.rawHeaders, "transfer-encoding").length > 0;
}

/** Whether the client waits for a 100 before it sends the body. RFC 9110 §10.1.1: an HTTP/1.0 client cannot. */
export function expectsContinue(request: IncomingMessage): boolean {
  const [expectation] = fieldValues(request.rawHeaders, "expect");
  return request.httpVersion === "1.1" && expectation?.trim().toLowerCase() === "100-continue";
}
