import type { IncomingMessage, ServerResponse } from "node:http";
import { decisionHeader } from "../decisions/decision-header.ts";
import type { DecisionTrace } from "../decisions/decision-trace.ts";
import type { Selection } from "../endpoints/group-runtime.ts";
import type { RequestSession } from "../endpoints/sessions/session-manager.ts";
import { SoapHeaderReader, type SoapSessionIds } from "../endpoints/sessions/soap-header.ts";
import { isXml } from "./client-identity.ts";
import type { Destination } from "./destination.ts";
import type { ExchangeContext } from "./exchange-context.ts";
import { editFields, responseEdits } from "./field-edits.ts";
import { fieldValues } from "./headers.ts";
import type { Incoming } from "./incoming.ts";
import { originOf } from "./preflight.ts";
import { relayResponse } from "./relay-response.ts";
import { downstreamHeaders } from "./upstream-headers.ts";

/** An endpoint's response to a request whose attempt succeeded. */
export type Answered = {
  destination: Destination;
  session: RequestSession;
  selection: Selection;
  upstream: IncomingMessage;
  decision: DecisionTrace;
};

/**
 * Gives an endpoint's response to the client, and binds the session to the endpoint.
 *
 * @param closes the connection cannot carry another request
 */
export function forwardResponse(
  context: ExchangeContext,
  response: ServerResponse,
  incoming: Incoming,
  answered: Answered,
  closes: boolean,
): void {
  const { destination, selection, upstream } = answered;
  const { group } = destination;
  const setCookies = sessionCookies(context, response.req, incoming, answered);
  if (group.session.kind === "soap" && isXml(upstream)) {
    observeSoap(upstream, (ids) => context.sessions.onSoapResponse(group, selection, ids, context.now()));
  }
  const asked = response.req.rawHeaders;
  const edits = responseEdits(destination.api.rules, () => originOf((name) => fieldValues(asked, name)));
  const own = downstreamHeaders(
    upstream.rawHeaders,
    incoming.requestId,
    setCookies,
    isChunkedAgain(response.req, upstream),
  );
  // After the fields of one hop are out: an endpoint's Connection could name what rules and CORS add.
  const headers = edits ? editFields(own, edits) : own;
  headers.push(...decisionHeader(context.decisions, answered.decision));
  if (destination.limitFields) headers.push(...destination.limitFields);
  if (closes || context.isDraining()) headers.push("Connection", "close");
  const idleMs = isEventStream(upstream) ? context.idleMs.eventStream : context.idleMs.body;
  relayResponse(response.req, response, upstream, { headers, idleMs });
}

/** Binds the session to the endpoint that answered; returns the `Set-Cookie` values to add. */
export function sessionCookies(
  context: ExchangeContext,
  request: IncomingMessage,
  incoming: Incoming,
  { destination, session, selection, upstream }: Answered,
): string[] {
  return context.sessions.onResponse(
    destination.group,
    session,
    selection,
    {
      setCookies: fieldValues(upstream.rawHeaders, "set-cookie"),
      isSecure: incoming.isEncrypted || fieldValues(request.rawHeaders, "x-forwarded-proto")[0] === "https",
      cookiePath: cookiePath(destination.api.context),
    },
    context.now(),
    context.wallClock(),
  );
}

/** The part of a context that stands before the version: all versions of an API share the cookie's path. */
export function cookiePath(context: string): string {
  return context.split("/{version}")[0] || "/";
}

function isEventStream(upstream: IncomingMessage): boolean {
  return /^text\/event-stream/i.test(fieldValues(upstream.rawHeaders, "content-type")[0] ?? "");
}

/** Whether the response has chunks on both hops: only then can trailers follow it. */
function isChunkedAgain(request: IncomingMessage, upstream: IncomingMessage): boolean {
  const isBodiless = request.method === "HEAD" || upstream.statusCode === 204 || upstream.statusCode === 304;
  const isChunked = fieldValues(upstream.rawHeaders, "transfer-encoding").length > 0;
  return isChunked && !isBodiless && request.httpVersion === "1.1";
}

/** Reads the header of a SOAP response as it passes by. */
function observeSoap(upstream: IncomingMessage, onIds: (ids: SoapSessionIds) => void): void {
  const reader = new SoapHeaderReader();
  const observe = (chunk: Buffer) => {
    reader.write(chunk);
    if (!reader.isDone) return;
    upstream.off("data", observe);
    onIds(reader.ids);
  };
  upstream.on("data", observe);
}
