import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ChunkScanner } from "./chunk-scanner.ts";

const octets = (text: string) => Buffer.from(text, "latin1");

/** How much of the text belongs to the body, "more" when it has not come to its end, or "refused". */
function read(text: string, pieces: number[] = []): number | "more" | "refused" {
  const scanner = new ChunkScanner();
  const buffer = octets(text);
  let position = 0;
  for (const size of [...pieces, buffer.length]) {
    const end = Math.min(position + size, buffer.length);
    position = scanner.scan(buffer, position, end);
    if (position < 0) return "refused";
    if (scanner.isDone) return position;
  }
  return "more";
}

describe("a chunked body", () => {
  it.each([
    ["0\r\n\r\n", 5],
    ["3\r\nabc\r\n0\r\n\r\n", 13],
    ["A\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n", 35],
    ["3;x=y\r\nabc\r\n0\r\n\r\n", 17],
    ['3;x="a b"\r\nabc\r\n0;z\r\n\r\n', 23],
    ["0\r\nX-Sum: 1\r\n\r\n", 15],
    ["003\r\nabc\r\n0\r\n\r\n", 15],
  ])("%j ends at %d, whatever follows and wherever it is cut", (text, end) => {
    expect(read(text)).toBe(end);
    expect(read(`${text}GET / HTTP/1.1`)).toBe(end);
    for (let cut = 1; cut < end; cut += 1) {
      expect(read(text.slice(0, cut))).toBe("more");
      expect(read(text, [cut])).toBe(end);
    }
  });

  it.each([
    ["no size", "\r\nabc"],
    ["a size that is no number", "x\r\n"],
    ["a sign", "+3\r\nabc\r\n"],
    ["a prefix", "0x3\r\nabc\r\n"],
    ["space before the size", " 3\r\nabc\r\n"],
    ["space after the size", "3 \r\nabc\r\n"],
    ["a bare LF after the size", "3\nabc\r\n"],
    ["a bare CR after the size", "3\rabc\r\n"],
    ["no CRLF after the data", "3\r\nabcd\r\n"],
    ["a bare LF after the data", "3\r\nabc\n0\r\n\r\n"],
    ["a size beyond all bounds", "10000000000000\r\n"],
    ["a control character in an extension", "3;\0\r\nabc\r\n"],
    ["a LF in an extension", "3;a\nb\r\nabc\r\n"],
    ["an extension beyond its bound", `3;${"x".repeat(300)}\r\nabc\r\n`],
    ["a malformed trailer", "0\r\nA : b\r\n\r\n"],
    ["a bare LF in the trailers", "0\r\nA: b\n\r\n"],
    ["trailers beyond their bound", `0\r\n${"A: b\r\n".repeat(101)}\r\n`],
  ])("with %s is refused", (_name, text) => {
    expect(read(text)).toBe("refused");
  });

  it("is the same however it is cut", () => {
    const chunk = fc.tuple(fc.string({ maxLength: 20 }), fc.constantFrom("", ";a", ";a=b"));
    fc.assert(
      fc.property(fc.array(chunk), fc.array(fc.integer({ min: 1, max: 9 })), fc.string(), (chunks, pieces, rest) => {
        const data = chunks.map(([text, extension]) => {
          const size = octets(text).length;
          return size === 0 ? "" : `${size.toString(16)}${extension}\r\n${octets(text).toString("latin1")}\r\n`;
        });
        const text = `${data.join("")}0\r\n\r\n`;
        expect(read(text + rest, pieces)).toBe(text.length);
      }),
    );
  });
});
