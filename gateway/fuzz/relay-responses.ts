import type { TestGateway } from "../testing/start-gateway.ts";
import { converse } from "./fuzz-client.ts";
import { bodyAt, FuzzEndpoint } from "./fuzz-endpoint.ts";
import type { FuzzTarget } from "./fuzz-target.ts";
import { responses } from "./grammar.ts";
import { readChunks, readResponse, valuesOf } from "./reference.ts";
import { startRelayGateway } from "./relay-gateway.ts";

/** What an endpoint's octets are for the reference. */
type Answer =
  | { kind: "whole"; status: number; content: string; isKept: boolean }
  | { kind: "no-answer" }
  | { kind: "broken-body" };

/** A client gets the endpoint's answer whole, or an error of the gateway's; the next answer is the next request's. */
export function relayResponses(): FuzzTarget {
  let gateway: TestGateway;
  let inputs = 0;
  const answers = new Map<string, string>();
  const endpoint = new FuzzEndpoint(({ target }) => {
    const [, mark = "", number] = target.split("/");
    const octets = answers.get(mark);
    if (number === "1" && octets !== undefined) return { octets, closes: !isKept(octets) };
    const body = `second of ${mark}`;
    return { octets: `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`, closes: false };
  });
  return {
    name: "relay-responses",
    promise: "a client gets an endpoint's answer whole or an error, and never octets of another answer",
    lanes: 64,
    open: async () => {
      gateway = await startRelayGateway(await endpoint.listen());
    },
    close: async () => {
      await gateway.close();
      await endpoint.close();
    },
    make: responses,
    check: async (input) => {
      inputs += 1;
      const mark = String(inputs);
      answers.set(mark, input);
      const get = (number: number, more = "") => `GET /shop/1.0.0/${mark}/${number} HTTP/1.1\r\nHost: x\r\n${more}\r\n`;
      const { heard, isClosed } = await converse(gateway.port, [get(1) + get(2, "Connection: close\r\n")]);
      answers.delete(mark);
      if (endpoint.faults.length > 0) return `the endpoint got what is no request: ${endpoint.faults.splice(0)[0]}`;
      if (!isClosed) return "the connection was left open";
      return wrongAtClient(readAnswer(input), heard, mark);
    },
  };
}

/** What the first answer comes to, after those that announce it. */
function readAnswer(text: string): Answer {
  for (let rest = text; ; ) {
    const read = readResponse(rest);
    if (read.kind !== "response" || read.status === 101) return { kind: "no-answer" };
    if (read.status < 200) {
      rest = read.rest;
      continue;
    }
    const { status } = read;
    if (read.body.kind === "until-close") return { kind: "whole", status, content: read.rest, isKept: false };
    const body = bodyAt(read.rest, read.body);
    if (typeof body === "string") return { kind: "broken-body" };
    const chunks = read.body.kind === "chunked" ? readChunks(read.rest) : undefined;
    const content = typeof chunks === "object" ? chunks.content : body.octets;
    return { kind: "whole", status, content, isKept: true };
  }
}

/** Whether the endpoint may leave the connection open: nothing would tell the gateway that no more comes otherwise. */
function isKept(text: string): boolean {
  const answer = readAnswer(text);
  return answer.kind === "whole" && answer.isKept;
}

function wrongAtClient(answer: Answer, heard: string, mark: string): string | undefined {
  let rest = heard;
  let read = readResponse(rest);
  while (read.kind === "response" && read.status < 200) {
    rest = read.rest;
    read = readResponse(rest);
  }
  if (read.kind !== "response" || read.body.kind === "until-close") return `no answer: ${heard}`;
  const body = bodyAt(read.rest, read.body);
  if (answer.kind === "broken-body")
    return typeof body === "string" ? undefined : `an answer that looks whole: ${heard}`;
  if (typeof body === "string") return `an answer without its end: ${heard}`;
  const chunks = read.body.kind === "chunked" ? readChunks(read.rest) : undefined;
  const content = typeof chunks === "object" ? chunks.content : body.octets;
  if (answer.kind === "no-answer") {
    if (read.status < 502 || !content.includes('"code":')) return `${read.status} ${content} for what is no answer`;
  } else if (read.status !== answer.status || content !== answer.content) {
    return `${read.status} ${content} instead of ${answer.status} ${answer.content}`;
  }
  if (valuesOf(read.fields, "connection").includes("close")) return undefined;
  const second = readResponse(read.rest.slice(body.octets.length));
  if (second.kind !== "response" || second.rest !== `second of ${mark}`) return `the second answer is wrong: ${heard}`;
  return undefined;
}
