import type { IncomingMessage } from "node:http";
import type { GroupRuntime } from "../endpoints/group-runtime.ts";
import type { ClientIdentity, SessionManager } from "../endpoints/sessions/session-manager.ts";
import { SoapHeaderReader } from "../endpoints/sessions/soap-header.ts";
import { fieldValues } from "./headers.ts";
import type { RequestBody } from "./request-body.ts";

/** A SOAP header that has not arrived by then is not waited for, ms. */
const soapHeaderMs = 10_000;

/** What the header fields of a request say of its client. */
export function clientIdentity(request: IncomingMessage): ClientIdentity {
  const cookies = fieldValues(request.rawHeaders, "cookie");
  return {
    cookie: cookies.length > 0 ? cookies.join("; ") : undefined,
    clientIdHeader: fieldValues(request.rawHeaders, "clientid")[0],
    soap: {},
  };
}

/** The same with what its SOAP header says, where sessions go by that; what is read of the body is kept for the endpoint. */
export async function clientIdentityWithSoap(
  request: IncomingMessage,
  body: RequestBody,
  group: GroupRuntime,
  sessions: SessionManager,
): Promise<ClientIdentity> {
  const identity = clientIdentity(request);
  if (!isXml(request) || !sessions.needsSoapHeader(group, identity.clientIdHeader)) return identity;
  const reader = new SoapHeaderReader();
  await body.peek(
    (chunk) => reader.write(chunk),
    () => reader.isDone,
    AbortSignal.timeout(soapHeaderMs),
  );
  return { ...identity, soap: reader.ids };
}

/** Whether a message says that it is XML: text/xml of SOAP 1.1, application/soap+xml of 1.2, and their kin. */
export function isXml(message: IncomingMessage): boolean {
  return isXmlType(fieldValues(message.rawHeaders, "content-type")[0] ?? "");
}

export function isXmlType(contentType: string): boolean {
  return /xml/i.test(contentType);
}
