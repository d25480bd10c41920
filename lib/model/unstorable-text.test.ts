import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findUnstorable } from "./unstorable-text.ts";

describe("what PostgreSQL cannot store", () => {
  it.each<[unknown, string | undefined]>([
    ["a\0b", ""],
    [{ a: [{ b: "\ud800" }] }, "a.0.b"],
    [{ a: { "\0": 1 } }, "a"],
    ["\u{1f355} ü", undefined],
    [{ at: new Date(0), n: 1, nothing: null, missing: undefined }, undefined],
    ["\\u0000", undefined],
  ])("is found in %j at %j", (value, path) => {
    expect(findUnstorable(value)?.path).toBe(path);
  });

  it("is nesting without end", () => {
    const deep: unknown = JSON.parse("[".repeat(5_000) + "]".repeat(5_000));
    expect(findUnstorable(deep)?.message).toContain("40 levels");
  });

  it("is nothing that survives UTF-8 and is not U+0000", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const survives = Buffer.from(text, "utf8").toString("utf8") === text && !text.includes("\0");
        expect(findUnstorable(text) === undefined).toBe(survives);
      }),
    );
  });
});
