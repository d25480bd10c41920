import type { TestGateway } from "../testing/start-gateway.ts";
import { converse } from "./fuzz-client.ts";
import { bodyAt, FuzzEndpoint, type SeenRequest } from "./fuzz-endpoint.ts";
import type { FuzzTarget } from "./fuzz-target.ts";
import { requests } from "./grammar.ts";
import { readRequest, readResponse, valuesOf } from "./reference.ts";
import { cutUp, startRelayGateway } from "./relay-gateway.ts";

const placeholder = "/shop/1.0.0/a";
const last = "GET /shop/1.0.0/a/last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

/** What a client's octets are for the reference: whole requests, and why there are no more. */
type Conversation = { requests: SeenRequest[]; ends: "closed" | "refused" | "others" };

/** One request in is at most one request out, octet for octet, and answers come in the order of the requests. */
export function relayRequests(): FuzzTarget {
  let gateway: TestGateway;
  let host = "";
  let inputs = 0;
  const seen = new Map<string, SeenRequest[]>();
  const endpoint = new FuzzEndpoint(
    (request) => {
      const mark = markOf(request.target);
      const body = `${mark}:${seen.get(mark)?.length ?? 0}`;
      const head = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`;
      return { octets: request.method === "HEAD" ? head : head + body, closes: false };
    },
    (request) => {
      const mark = markOf(request.target);
      seen.set(mark, [...(seen.get(mark) ?? []), request]);
    },
  );
  return {
    name: "relay-requests",
    promise: "an endpoint gets each request once at most, octet for octet, and never one that nobody sent",
    lanes: 64,
    open: async () => {
      const url = await endpoint.listen();
      host = url.slice("http://".length);
      gateway = await startRelayGateway(url);
    },
    close: async () => {
      await gateway.close();
      await endpoint.close();
    },
    make: (random) => requests(random) + last,
    check: async (input) => {
      inputs += 1;
      const mark = `m${inputs}m`;
      const text = input.replaceAll(placeholder, `/shop/1.0.0/${mark}`);
      const { heard, isClosed } = await converse(gateway.port, cutUp(text));
      const reached = seen.get(mark) ?? [];
      seen.delete(mark);
      if (endpoint.faults.length > 0) return `the endpoint got what is no request: ${endpoint.faults.splice(0)[0]}`;
      if (!isClosed) return "the connection was left open";
      const conversation = readConversation(text);
      return wrongAtEndpoint(text, conversation, reached, mark, host) ?? wrongAtClient(conversation, heard, mark);
    },
  };
}

function markOf(target: string): string {
  return /^\/(m\d+m)(?=[/?]|$)/.exec(target)?.[1] ?? "";
}

function readConversation(text: string): Conversation {
  const requests: SeenRequest[] = [];
  for (let rest = text; ; ) {
    // Empty lines between requests are for the other path to forgive.
    if (/^[\r\n]/.test(rest)) return { requests, ends: "others" };
    const read = readRequest(rest);
    if (read.kind !== "request") return { requests, ends: read.kind === "unusual" ? "others" : "refused" };
    const body = bodyAt(read.rest, read.body);
    if (typeof body === "string") return { requests, ends: "refused" };
    requests.push({ method: read.method, target: read.target, fields: read.fields, body: body.octets });
    if (valuesOf(read.fields, "connection").some((value) => /^close$/i.test(value)))
      return { requests, ends: "closed" };
    rest = read.rest.slice(body.octets.length);
  }
}

function isForwarded({ target }: SeenRequest, mark: string): boolean {
  return new RegExp(`^/shop/1\\.0\\.0/${mark}(?:[/?]|$)`).test(target) && !/\.\.|%2e/i.test(target.slice(12));
}

function wrongAtEndpoint(
  text: string,
  { requests, ends }: Conversation,
  reached: readonly SeenRequest[],
  mark: string,
  host: string,
): string | undefined {
  const forwarded = requests.filter((request) => isForwarded(request, mark));
  for (const [index, request] of reached.entries()) {
    const sent = forwarded[index];
    if (!sent) {
      const said = text.split(`/shop/1.0.0/${mark}`).length - 1;
      return ends === "others" && reached.length <= said
        ? undefined
        : `nobody sent request ${index + 1} of ${reached.length}`;
    }
    const expected = JSON.stringify(onTheWay(sent, host));
    const found = JSON.stringify(request, (key, value) => (key === "fields" ? withoutRequestId(value) : value));
    if (found !== expected) return `request ${index + 1} arrived as ${found} instead of ${expected}`;
  }
  const isWhole = ends === "closed" && forwarded.length === requests.length;
  if (isWhole && reached.length < forwarded.length)
    return `only ${reached.length} of ${forwarded.length} requests arrived`;
  return undefined;
}

/** What the gateway leaves out, beside what it writes anew. */
const leftOut =
  /^(connection|keep-alive|proxy-connection|proxy-authenticate|proxy-authorization|te|upgrade|http2-settings|x-forwarded-for|x-forwarded-proto|x-forwarded-host|x-request-id|internal-key)$/i;

/** The request as it should arrive, but for its id. */
function onTheWay({ method, target, fields, body }: SeenRequest, host: string): SeenRequest {
  const isChunked = valuesOf(fields, "transfer-encoding").length > 0;
  const kept = fields.flatMap(([name, value]): [string, string][] => {
    if (leftOut.test(name) || (/^trailer$/i.test(name) && !isChunked)) return [];
    return [[name, /^host$/i.test(name) ? host : value]];
  });
  const hasNoLength = !isChunked && valuesOf(fields, "content-length").length === 0;
  const length: [string, string][] =
    hasNoLength && !/^(GET|HEAD|DELETE|OPTIONS|TRACE)$/.test(method) ? [["Content-Length", "0"]] : [];
  const forwardedFor = [...valuesOf(fields, "x-forwarded-for").filter((value) => value !== ""), "127.0.0.1"].join(", ");
  const added: [string, string][] = [
    ["X-Forwarded-For", forwardedFor],
    ["X-Forwarded-Proto", valuesOf(fields, "x-forwarded-proto")[0] ?? "http"],
    ["X-Forwarded-Host", valuesOf(fields, "x-forwarded-host")[0] ?? valuesOf(fields, "host")[0] ?? ""],
  ];
  return { method, target: target.slice("/shop/1.0.0".length), fields: [...kept, ...length, ...added], body };
}

function withoutRequestId(fields: readonly [string, string][]): [string, string][] {
  return fields.filter(([name]) => name !== "X-Request-Id");
}

/** One answer for each request, in order; those of the endpoint say which request they answer. */
function wrongAtClient({ requests }: Conversation, heard: string, mark: string): string | undefined {
  let rest = heard;
  let answered = 0;
  for (const request of requests) {
    const read = readResponse(rest, request.method);
    if (read.kind !== "response") return rest === "" ? undefined : `an answer that is ${read.kind}: ${rest}`;
    const body = read.body.kind === "until-close" ? "incomplete" : bodyAt(read.rest, read.body);
    if (typeof body === "string") return `an answer without its end: ${rest}`;
    if (isForwarded(request, mark)) {
      answered += 1;
      const expected = request.method === "HEAD" ? "" : `${mark}:${answered}`;
      if (read.status !== 200) return `${read.status} answers a request that is in order`;
      if (body.octets !== expected) return `${body.octets} answers the request that ${expected} belongs to`;
    }
    if (valuesOf(read.fields, "connection").length > 0) return undefined;
    rest = read.rest.slice(body.octets.length);
  }
  return undefined;
}
