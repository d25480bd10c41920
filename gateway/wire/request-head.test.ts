import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ChunkScanner } from "./chunk-scanner.ts";
import { scanResult } from "./message-fields.ts";
import { maxHeadBytes, RequestHead } from "./request-head.ts";
import { readWithNode } from "./testing/node-parser.ts";

const head = new RequestHead();
const octets = (text: string) => Buffer.from(text, "latin1");

/** What is made of a request's octets: its parts, that it is refused, or that more of it or another reader is needed. */
function read(
  text: string,
): string | { method: string; target: string; fields: string[]; framing: string; after: number } {
  const buffer = octets(text);
  const after = head.scan(buffer, 0, buffer.length);
  if (after === scanResult.incomplete) return "incomplete";
  if (after === scanResult.malformed) return "malformed";
  if (after === scanResult.tooLarge) return "too large";
  if (head.isUnusual) return "unusual";
  const fields: string[] = [];
  for (let index = 0; index < head.fields.count; index += 1) {
    const start = head.fields.start(index);
    fields.push(buffer.toString("latin1", start, head.fields.nameEnd(index)), head.fields.text(buffer, index));
  }
  return {
    method: buffer.toString("latin1", 0, head.methodEnd),
    target: buffer.toString("latin1", head.targetStart, head.targetEnd),
    fields,
    framing: head.framing,
    after,
  };
}

const get = (fields: string, line = "GET /a HTTP/1.1") => `${line}\r\nHost: x\r\n${fields}\r\n`;

describe("a request's head", () => {
  it("is read into positions", () => {
    const text = "POST /a/b?c=d HTTP/1.1\r\nHost: x:80\r\nContent-Length:  5 \r\nX-Empty:\r\n\r\nhello";
    expect(read(text)).toEqual({
      method: "POST",
      target: "/a/b?c=d",
      fields: ["Host", "x:80", "Content-Length", "5", "X-Empty", ""],
      framing: "length",
      after: text.length - 5,
    });
    expect(head.contentLength).toBe(5);
  });

  it.each([
    ["no Host", "GET / HTTP/1.1\r\n\r\n"],
    ["two Hosts", get("Host: y\r\n")],
    ["a Host with a path", "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n"],
    ["a Host with a user", "GET / HTTP/1.1\r\nHost: a@x\r\n\r\n"],
    ["Content-Length and Transfer-Encoding", get("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n")],
    ["two Content-Lengths", get("Content-Length: 1\r\nContent-Length: 2\r\n")],
    ["the same Content-Length twice", get("Content-Length: 1\r\nContent-Length: 1\r\n")],
    ["a list of lengths", get("Content-Length: 1, 1\r\n")],
    ["a signed length", get("Content-Length: +1\r\n")],
    ["a negative length", get("Content-Length: -1\r\n")],
    ["a hexadecimal length", get("Content-Length: 0x1\r\n")],
    ["an empty length", get("Content-Length:\r\n")],
    ["a length beyond all bounds", get("Content-Length: 9999999999999999\r\n")],
    ["another coding", get("Transfer-Encoding: gzip\r\n")],
    ["another coding before chunked", get("Transfer-Encoding: gzip, chunked\r\n")],
    ["chunked twice", get("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")],
    ["a coding that only looks like chunked", get("Transfer-Encoding: xchunked\r\n")],
    ["a coding in quotes", get('Transfer-Encoding: "chunked"\r\n')],
    ["a bare LF", "GET / HTTP/1.1\nHost: x\n\n"],
    ["a bare LF after a field", get("A: b\n")],
    ["a bare CR in a value", get("A: b\rc\r\n")],
    ["a folded line", get("A: b\r\n c\r\n")],
    ["a space before the colon", get("A : b\r\n")],
    ["a field without a name", get(": b\r\n")],
    ["a field without a colon", get("A\r\n")],
    ["a name with a control character", get("A\u0001: b\r\n")],
    ["a name that is not ASCII", get("Ä: b\r\n")],
    ["a NUL in a value", get("A: b\0c\r\n")],
    ["DEL in a value", get("A: b\x7fc\r\n")],
    ["a space in the target", get("", "GET /a b HTTP/1.1")],
    ["a control character in the target", get("", "GET /a\tb HTTP/1.1")],
    ["a target that is not ASCII", get("", "GET /ä HTTP/1.1")],
    ["two spaces after the method", get("", "GET  /a HTTP/1.1")],
    ["no target", get("", "GET HTTP/1.1")],
    ["a method that is no token", get("", "G(T /a HTTP/1.1")],
    ["another protocol", get("", "GET /a HTCPCP/1.0")],
    ["a version in lower case", get("", "GET /a http/1.1")],
    ["space after the version", get("", "GET /a HTTP/1.1 ")],
    ["an empty line first", `\r\n${get("")}`],
  ])("with %s is refused", (_name, text) => {
    expect(read(text)).toBe("malformed");
  });

  it.each([
    ["HTTP/1.0", "GET / HTTP/1.0\r\n\r\n"],
    ["a target in absolute form", get("", "GET http://x/a HTTP/1.1")],
    ["CONNECT", get("", "CONNECT x:443 HTTP/1.1")],
    ["OPTIONS *", get("", "OPTIONS * HTTP/1.1")],
    ["a fragment in the target", get("", "GET /a#b HTTP/1.1")],
    ["an upgrade", get("Connection: upgrade\r\nUpgrade: websocket\r\n")],
    ["an expectation", get("Expect: 100-continue\r\nContent-Length: 1\r\n")],
    ["options of the connection that name fields", get("Connection: close, x-secret\r\n")],
  ])("with %s is left to the other path", (_name, text) => {
    expect(read(text)).toBe("unusual");
  });

  it.each([
    ["Connection: close\r\n", true],
    ["Connection: CLOSE\r\n", true],
    ["Connection: keep-alive\r\n", false],
    ["", false],
  ])("says by %j whether the connection ends", (fields, closes) => {
    expect(read(get(fields))).toMatchObject({ method: "GET" });
    expect(head.closes).toBe(closes);
  });

  it("is refused when it is larger than 16 KiB, or has more than 100 fields", () => {
    expect(read(get(`A: ${"b".repeat(maxHeadBytes)}\r\n`))).toBe("too large");
    expect(read(`GET /${"a".repeat(maxHeadBytes)}`)).toBe("too large");
    expect(read(get("A: b\r\n".repeat(100)))).toBe("too large");
    expect(read(get("A: b\r\n".repeat(99)))).toMatchObject({ method: "GET" });
  });

  it("needs more until it is there, wherever it is cut, and is then the same", () => {
    const text = get("Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n");
    const whole = read(text);
    for (let cut = 0; cut < text.length; cut += 1) expect(read(text.slice(0, cut))).toBe("incomplete");
    expect(read(`${text}more`)).toEqual(whole);
  });
});

/** Parts of requests, right and wrong, which are put together at random. */
const grammar = {
  line: [
    "GET /a HTTP/1.1",
    "POST /a?b HTTP/1.1",
    "GET /a HTTP/1.0",
    "GET  /a HTTP/1.1",
    "GET /% HTTP/1.1",
    "PUT /a HTTP/2.0",
  ],
  name: [
    "Host",
    "host",
    "Content-Length",
    "Transfer-Encoding",
    "Connection",
    "A",
    "A ",
    "",
    "A\0",
    "X-Y",
    "Upgrade",
    "\tA",
  ],
  colon: [":", ": ", " :", ":\t", ":  ", ""],
  value: [
    "x",
    "0",
    "3",
    "03",
    "chunked",
    "Chunked",
    "chunked ",
    "close",
    "a, b",
    "",
    "\x7f",
    "\0",
    "é",
    "3, 3",
    "+3",
    " y",
  ],
  end: ["\r\n", "\n", "\r", "\r\n ", "\r\r\n", ""],
};

const anyField = fc
  .tuple(
    fc.constantFrom(...grammar.name),
    fc.constantFrom(...grammar.colon),
    fc.constantFrom(...grammar.value),
    fc.oneof({ weight: 12, arbitrary: fc.constant("\r\n") }, { weight: 1, arbitrary: fc.constantFrom(...grammar.end) }),
  )
  .map((parts) => parts.join(""));

const anyRequest = fc
  .tuple(
    fc.oneof(
      { weight: 3, arbitrary: fc.constant("POST /a?b HTTP/1.1") },
      { weight: 1, arbitrary: fc.constantFrom(...grammar.line) },
    ),
    fc.oneof({ weight: 5, arbitrary: fc.constant("\r\nHost: x\r\n") }, { weight: 1, arbitrary: fc.constant("\r\n") }),
    fc.array(anyField, { maxLength: 4 }),
    fc.constantFrom("\r\n", "\n", "\r\n\r\n"),
    fc.constantFrom("", "abc", "3\r\nabc\r\n0\r\n\r\n", "0\r\n\r\n"),
  )
  .map(([line, host, fields, end, body]) => `${line}${host}${fields.join("")}${end}${body}`);

/** The body that follows a head by what it says; undefined when it is not there, or is none. */
function bodyOf(text: string, { after, framing }: { after: number; framing: string }) {
  const rest = text.slice(after);
  if (framing === "none") return { octets: "", content: "" };
  if (framing === "length") {
    const content = rest.slice(0, head.contentLength);
    return content.length === head.contentLength ? { octets: content, content } : undefined;
  }
  const scanner = new ChunkScanner();
  const end = scanner.scan(octets(rest), 0, rest.length);
  if (end < 0 || !scanner.isDone) return undefined;
  return { octets: rest.slice(0, end), content: rest.startsWith("3") ? rest.slice(3, 6) : "" };
}

describe("Node's parser and ours", () => {
  it("understand the same of what we accept, and we accept nothing that Node refuses", async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async (text) => {
        const ours = read(text);
        if (typeof ours === "string") return;
        const body = bodyOf(text, ours);
        if (body === undefined) return;
        const nodes = await readWithNode(octets(text.slice(0, ours.after) + body.octets));
        expect(nodes).toEqual({
          kind: "request",
          method: ours.method,
          target: ours.target,
          rawHeaders: ours.fields,
          body: body.content,
        });
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    [
      "the same length twice: one of the two may have been put there by somebody else",
      get("Content-Length: 3\r\nContent-Length: 3\r\n"),
    ],
    ["an empty line first: nobody sends it", `\r\n${get("")}`],
    ["two Hosts: they may lead to two places", get("Host: y\r\n")],
  ])("differ in %s", async (_why, text) => {
    expect(read(text)).toBe("malformed");
    expect(["request", "refused"]).toContain((await readWithNode(octets(`${text}abc`))).kind);
  });
});
