import { randomUUID } from "node:crypto";
import { isSaneRequestId } from "../proxy/headers.ts";
import type { Incoming } from "../proxy/incoming.ts";
import type { GatewayApi } from "../routing/gateway-api.ts";
import type { RouteMatch } from "../routing/routing-table.ts";
import { fieldId } from "./field-name.ts";
import type { RequestHead } from "./request-head.ts";

/** Where a request is to go: its target as it came, the query with its question mark. */
export type Target = { path: string; search: string };

/** A request whose head has been read, in the buffer that it stands in; `match` is what its path led to. */
export type ReadRequest = {
  buffer: Buffer;
  head: RequestHead;
  target: Target;
  match: RouteMatch<GatewayApi> | undefined;
};

export function targetOf(buffer: Buffer, { targetStart, targetEnd }: RequestHead): Target {
  const target = buffer.toString("latin1", targetStart, targetEnd);
  const question = target.indexOf("?");
  if (question === -1) return { path: target, search: "" };
  return { path: target.slice(0, question), search: target.slice(question) };
}

const get = 0x47_45_54_20;
const post = 0x50_4f_53_54;

/** The usual methods as strings that are there already. */
export function methodOf(buffer: Buffer, { start, methodEnd }: RequestHead): string {
  const length = methodEnd - start;
  if (length === 3 && buffer.readUInt32BE(start) === get) return "GET";
  if (length === 4 && buffer.readUInt32BE(start) === post) return "POST";
  return buffer.toString("latin1", start, methodEnd);
}

/** What records and endpoints are told of a request; it has an id from here on. */
export function incomingOf({ buffer, head: { fields }, target }: ReadRequest, clientAddress: string): Incoming {
  const given =
    fields.countOf(fieldId["x-request-id"]) === 1 ? fields.textOf(buffer, fieldId["x-request-id"]) : undefined;
  return {
    requestId: isSaneRequestId(given) ? given : randomUUID(),
    path: target.path,
    search: target.search,
    isEncrypted: false,
    clientAddress,
  };
}
