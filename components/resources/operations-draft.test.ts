import { expect, it } from "vitest";
import { type Operation, operationsSchema } from "@/lib/model/operation.ts";
import {
  byPath,
  changesOf,
  matching,
  rebased,
  withOperation,
  withoutOperation,
  withRemoved,
} from "./operations-draft.ts";

const operations = operationsSchema.parse([
  { method: "GET", path: "/orders", summary: "All orders" },
  { method: "GET", path: "/orders/{id}" },
  { method: "POST", path: "/orders" },
]);
const before = { operations, onlyOperations: false };
const names = (some: readonly Operation[]) => some.map(({ method, path }) => `${method} ${path}`);
const [first] = operations;
if (!first) throw new Error("There is no operation.");

it("saves what differs alone", () => {
  expect(changesOf(before, before)).toEqual({});
  expect(changesOf({ ...before, onlyOperations: true }, before)).toEqual({ runtime: { onlyOperations: true } });
  const open = withOperation(before, { ...first, secured: false });
  expect(changesOf(open, before).operations?.map(({ secured }) => secured)).toEqual([false, true, true]);
  expect(changesOf(withOperation(open, first), before)).toEqual({});
});

it("takes a removal back to where the operation was, and once only", () => {
  const without = withoutOperation(before, first);
  expect(names(without.operations)).toEqual(["GET /orders/{id}", "POST /orders"]);
  expect(withRemoved(without, first, 0)).toEqual(before);
  expect(withRemoved(before, first, 0)).toBe(before);
});

it("keeps what was changed here, and takes the rest from who saved meanwhile", () => {
  const theirs = { operations: operations.slice(1), onlyOperations: false };
  expect(rebased({ ...before, onlyOperations: true }, before, theirs)).toEqual({ ...theirs, onlyOperations: true });
});

it("brings operations of one path together", () => {
  expect(byPath(operations).map(([path, some]) => [path, some.length])).toEqual([
    ["/orders", 2],
    ["/orders/{id}", 1],
  ]);
});

it.each([
  ["", 3],
  ["get", 2],
  ["POST /orders", 1],
  ["all", 1],
  ["nothing", 0],
])("finds for %j %i operations", (looked, count) => {
  expect(matching(operations, looked)).toHaveLength(count);
});
