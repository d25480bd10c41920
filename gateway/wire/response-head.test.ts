import { describe, expect, it } from "vitest";
import { scanResult } from "./message-fields.ts";
import { ResponseHead } from "./response-head.ts";

const head = new ResponseHead();

function read(
  text: string,
  isHead = false,
): string | { status: number; framing: string; length: number; closes: boolean } {
  const buffer = Buffer.from(text, "latin1");
  const after = head.scan(buffer, 0, buffer.length, isHead);
  if (after < 0) return Object.entries(scanResult).find(([, value]) => value === after)?.[0] ?? "";
  return { status: head.status, framing: head.framing, length: head.contentLength, closes: head.closes };
}

const answer = (fields: string, line = "HTTP/1.1 200 OK") => `${line}\r\n${fields}\r\n`;

describe("a response's head", () => {
  it.each([
    ["a length", answer("Content-Length: 5\r\n"), { framing: "length", length: 5, closes: false }],
    ["chunks", answer("Transfer-Encoding: chunked\r\n"), { framing: "chunked", closes: false }],
    ["the end of the connection", answer(""), { framing: "close", closes: true }],
    ["close", answer("Connection: close\r\nContent-Length: 1\r\n"), { framing: "length", closes: true }],
    ["close among others", answer("Connection: a, Close\r\nContent-Length: 1\r\n"), { closes: true }],
    ["no body by its status", answer("Content-Length: 5\r\n", "HTTP/1.1 304 Not Modified"), { framing: "none" }],
    ["no reason", answer("Content-Length: 0\r\n", "HTTP/1.1 200"), { status: 200 }],
    ["an empty reason", answer("Content-Length: 0\r\n", "HTTP/1.1 200 "), { status: 200 }],
    ["HTTP/1.0", answer("Content-Length: 1\r\n", "HTTP/1.0 200 OK"), { framing: "length", closes: true }],
    ["information first", answer("Link: </a>\r\n", "HTTP/1.1 103 Early Hints"), { status: 103, framing: "none" }],
  ])("with %s is understood", (_name, text, expected) => {
    expect(read(text)).toMatchObject(expected);
  });

  it("that answers HEAD has no body", () => {
    expect(read(answer("Content-Length: 5\r\n"), true)).toMatchObject({ framing: "none" });
  });

  it.each([
    ["another protocol", "ICY 200 OK\r\n\r\n"],
    ["a version that is not ours", "HTTP/2.0 200 OK\r\n\r\n"],
    ["two digits", "HTTP/1.1 20 OK\r\n\r\n"],
    ["four digits", "HTTP/1.1 2000 OK\r\n\r\n"],
    ["letters", "HTTP/1.1 2OO OK\r\n\r\n"],
    ["a status below 100", "HTTP/1.1 099 OK\r\n\r\n"],
    ["a bare LF", "HTTP/1.1 200 OK\n\n"],
    ["length and chunks", answer("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n")],
    ["two lengths", answer("Content-Length: 1\r\nContent-Length: 2\r\n")],
    ["another coding", answer("Transfer-Encoding: gzip, chunked\r\n")],
    ["chunks in HTTP/1.0", answer("Transfer-Encoding: chunked\r\n", "HTTP/1.0 200 OK")],
    ["garbage", "\u0016\u0003\u0001\u0002\u0000"],
  ])("with %s is refused", (_name, text) => {
    expect(read(text)).toBe("malformed");
  });

  it("needs more until it is there", () => {
    const text = answer("Content-Length: 5\r\nX-A: b\r\n");
    for (let cut = 0; cut < text.length; cut += 1) expect(read(text.slice(0, cut))).toBe("incomplete");
  });

  it("is refused when it does not end", () => {
    expect(read(answer(`A: ${"b".repeat(70_000)}\r\n`))).toBe("tooLarge");
  });
});
