import { expect, it } from "vitest";
import { mergedOperations } from "./merge-operations.ts";

const defined = (path: string, more: object = {}) => ({
  method: "GET" as const,
  path,
  summary: "",
  secured: true,
  ...more,
});
const present = (path: string, more: object = {}) => ({ ...defined(path), rateTier: null, ...more });

it("keeps security and rate limit of operations that stay, and tells what comes, goes and changes", () => {
  const kept = present("/kept", { secured: false, rateTier: "Gold" });
  const renamed = present("/orders/{id}", { rateTier: "Silver" });
  const { operations, changes } = mergedOperations(
    [kept, renamed, present("/gone", { rateTier: "Bronze" })],
    [defined("/new", { secured: false }), defined("/orders/{number}", { summary: "One" }), defined("/kept")],
  );
  expect(operations).toEqual([
    present("/new", { secured: false }),
    present("/orders/{number}", { rateTier: "Silver", summary: "One" }),
    kept,
  ]);
  expect(changes).toEqual({
    added: [defined("/new", { secured: false })],
    changed: [defined("/orders/{number}", { summary: "One" })],
    removed: [defined("/gone")],
    kept: 1,
  });
});

it("changes nothing where a document says what is there", () => {
  const { operations, changes } = mergedOperations([present("/a")], [defined("/a")]);
  expect(operations).toEqual([present("/a")]);
  expect(changes).toEqual({ added: [], changed: [], removed: [], kept: 1 });
});
