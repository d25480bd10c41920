import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatByteSize, parseByteSize } from "./byte-size.ts";

describe("a size in words", () => {
  it.each([
    ["0", 0],
    ["1500", 1_500],
    ["1,500", 1_500],
    ["512 KiB", 524_288],
    ["512kib", 524_288],
    ["10 MiB", 10_485_760],
    ["1.5 GiB", 1_610_612_736],
    ["10 MB", 10_000_000],
    ["1 kB", 1_000],
    [" 7 B ", 7],
  ])("%s is %i octets", (text, bytes) => {
    expect(parseByteSize(text)).toBe(bytes);
  });

  it.each(["", "ten", "10 M", "-1", "1e3", "0.5", "0.3 KiB", "1 TiB", "99999999999999999", "10 MiB x"])(
    "%s is none",
    (text) => {
      expect(parseByteSize(text)).toBeUndefined();
    },
  );

  it("is read back as it was written", () => {
    fc.assert(fc.property(fc.nat({ max: 2 ** 40 }), (bytes) => parseByteSize(formatByteSize(bytes)) === bytes));
  });
});
