import { describe, expect, it } from "vitest";
import { decodeDefinition } from "./decode-definition.ts";

const text = "openapi: 3.0.0\ninfo: é\n";

describe("the octets of a document", () => {
  it.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${text}`)],
  ])("are read as %s", (_, bytes) => {
    expect(decodeDefinition(bytes)).toBe(text);
  });

  it.each([
    ["UTF-16 with a mark", Buffer.from(`\uFEFF${text}`, "utf16le"), /is UTF-16/],
    ["UTF-16 without", Buffer.from(text, "utf16le"), /is UTF-16/],
    ["UTF-16, the other end first", Buffer.from(text, "utf16le").swap16(), /is UTF-16/],
    ["UTF-32", Buffer.from([0, 0, 0, 111, 0, 0, 0, 112]), /is UTF-32/],
    ["Latin-1", Buffer.from(text, "latin1"), /^The document is not UTF-8: line 2 has octets/],
    ["a ZIP archive", Buffer.from("PK\u0003\u0004"), /is a ZIP archive/],
    ["gzip", Buffer.from([0x1f, 0x8b, 8, 0]), /compressed with gzip/],
    ["more than 10 MiB", Buffer.alloc(10 * 1024 * 1024 + 1, "x"), /at most 10 MiB/],
  ])("are refused as %s", (_, bytes, message) => {
    expect(() => decodeDefinition(bytes)).toThrow(message);
  });
});
