import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineDiff } from "./line-diff.ts";

const side = (text: string, pick: "left" | "right", other: string) =>
  lineDiff(...(pick === "left" ? ([text, other] as const) : ([other, text] as const)))
    .map((line) => line[pick])
    .filter((line) => line !== undefined)
    .join("\n");

describe("two texts beside each other", () => {
  it("puts equal lines on one level and replaced ones beside each other", () => {
    expect(lineDiff("a\nb\nc", "a\nx\ny\nc")).toEqual([
      { kind: "same", left: "a", right: "a" },
      { kind: "changed", left: "b", right: "x" },
      { kind: "changed", left: undefined, right: "y" },
      { kind: "same", left: "c", right: "c" },
    ]);
  });

  it("finds a line that stayed between two that changed", () => {
    const kinds = lineDiff("1\nstays\n2", "3\nstays\n4").map(({ kind }) => kind);
    expect(kinds).toEqual(["changed", "same", "changed"]);
  });

  it("loses and invents no line on either side", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "c", "{", "}"), { minLength: 1, maxLength: 12 })
      .map((l) => l.join("\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(side(before, "left", after)).toBe(before);
        expect(side(after, "right", before)).toBe(after);
      }),
    );
  });

  it("shows texts too long to compare line by line as replaced", () => {
    const before = Array.from({ length: 2000 }, (_, index) => `a${index}`).join("\n");
    const after = Array.from({ length: 2000 }, (_, index) => `b${index}`).join("\n");
    expect(lineDiff(before, after)).toHaveLength(2000);
  });
});
