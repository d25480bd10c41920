import { ChunkScanner } from "../wire/chunk-scanner.ts";
import { scanResult } from "../wire/message-fields.ts";
import { RequestHead } from "../wire/request-head.ts";
import { ResponseHead } from "../wire/response-head.ts";
import type { FuzzTarget } from "./fuzz-target.ts";
import { chunkedBody, damaged, requestHead, responseHead } from "./grammar.ts";
import { readChunks, readRequest, readResponse } from "./reference.ts";

const octets = (text: string) => Buffer.from(text, "latin1");

/** Request heads: what we read is what a second, slow reader reads, octet for octet. */
export const requestHeads: FuzzTarget = {
  name: "request-head",
  promise: "the reader of request heads and the reference read the same, or both refuse",
  make: (random) => damaged(random, requestHead(random)),
  check: (input) => {
    const head = new RequestHead();
    const buffer = octets(input);
    const after = head.scan(buffer, 0, buffer.length);
    const reference = readRequest(input);
    const ours = verdictOf(after, head.isUnusual);
    if (ours !== "read") return agree(ours, reference.kind);
    if (reference.kind !== "request") return `read, where the reference says ${reference.kind}`;
    const read = {
      method: buffer.toString("latin1", 0, head.methodEnd),
      target: buffer.toString("latin1", head.targetStart, head.targetEnd),
      fields: fieldsOf(head.fields, buffer),
      body: head.framing === "length" ? { kind: "length", length: head.contentLength } : { kind: head.framing },
      rest: input.slice(after),
    };
    const { kind, ...expected } = reference;
    return difference(read, expected);
  },
};

/** Response heads, in the same way. */
export const responseHeads: FuzzTarget = {
  name: "response-head",
  promise: "the reader of response heads and the reference read the same, or both refuse",
  make: (random) => damaged(random, responseHead(random)),
  check: (input) => {
    const head = new ResponseHead();
    const buffer = octets(input);
    const after = head.scan(buffer, 0, buffer.length, false);
    const reference = readResponse(input);
    const ours = verdictOf(after, false);
    if (ours !== "read") return agree(ours, reference.kind);
    if (reference.kind !== "response") return `read, where the reference says ${reference.kind}`;
    const body =
      head.framing === "length"
        ? { kind: "length", length: head.contentLength }
        : { kind: head.framing === "close" ? "until-close" : head.framing };
    const read = { status: head.status, fields: fieldsOf(head.fields, buffer), body, rest: input.slice(after) };
    const { kind, ...expected } = reference;
    return difference(read, expected);
  },
};

/** Chunked bodies, wherever they are cut into pieces. */
export const chunks: FuzzTarget = {
  name: "chunks",
  promise: "a chunked body ends where the reference sees its end, in one piece and cut at any place",
  make: (random) => damaged(random, chunkedBody(random)),
  check: (input) => {
    const reference = readChunks(input);
    const expected = typeof reference === "string" ? reference : reference.octets.length;
    const whole = endOf(input, [input.length]);
    if (whole !== expected && !(whole === "refused" && expected === "incomplete")) {
      return `ends at ${whole}, where the reference says ${expected}`;
    }
    for (const size of [1, 7]) {
      const cuts = Array.from({ length: Math.ceil(input.length / size) }, (_, index) => (index + 1) * size);
      const cut = endOf(input, cuts);
      if (cut !== whole) return `ends at ${cut} in pieces of ${size}, and at ${whole} in one`;
    }
    return undefined;
  },
};

/** Where the body ends when its octets come up to these places one after the other. */
function endOf(input: string, cuts: readonly number[]): number | "refused" | "incomplete" {
  const scanner = new ChunkScanner();
  const buffer = octets(input);
  let start = 0;
  for (const cut of cuts) {
    const end = Math.min(cut, buffer.length);
    const after = scanner.scan(buffer, start, end);
    if (after < 0) return "refused";
    if (scanner.isDone) return after;
    start = end;
  }
  return "incomplete";
}

function verdictOf(after: number, isUnusual: boolean): "read" | "refused" | "incomplete" | "unusual" {
  if (after === scanResult.incomplete) return "incomplete";
  if (after < 0) return "refused";
  return isUnusual ? "unusual" : "read";
}

/** Whoever reads octet by octet may refuse what cannot become right before it is there. */
function agree(ours: string, reference: string): string | undefined {
  if (ours === reference) return undefined;
  if (reference === "incomplete" && (ours === "refused" || ours === "unusual")) return undefined;
  return `${ours}, where the reference says ${reference}`;
}

type Fields = RequestHead["fields"];

function fieldsOf(fields: Fields, buffer: Buffer): [string, string][] {
  return Array.from({ length: fields.count }, (_, index) => [
    buffer.toString("latin1", fields.start(index), fields.nameEnd(index)),
    fields.text(buffer, index),
  ]);
}

function difference(read: object, expected: object): string | undefined {
  const [ours, reference] = [JSON.stringify(sorted(read)), JSON.stringify(sorted(expected))];
  return ours === reference ? undefined : `read as ${ours}, and by the reference as ${reference}`;
}

function sorted(value: object): [string, unknown][] {
  return Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
}
