import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultPath, versionedPath } from "../../lib/model/api-naming.ts";
import { type Routed, RoutingTable } from "./routing-table.ts";

function tableOf(...routes: Routed[]): RoutingTable<Routed> {
  const table = new RoutingTable<Routed>();
  for (const route of routes) table.put(route);
  return table;
}

const route = (id: string, context: string, version = "1.0.0", isDefaultVersion = false): Routed => ({
  id,
  context,
  version,
  isDefaultVersion,
});

describe("RoutingTable", () => {
  it.each([
    ["/shop/1.0.0", "a", ""],
    ["/shop/1.0.0/", "a", "/"],
    ["/shop/1.0.0/items/7", "a", "/items/7"],
    ["/shop/1.0.0//x", "a", "//x"],
    ["/shop/1.0.0x", undefined, undefined],
    ["/shop/1.0", undefined, undefined],
    ["/shop", undefined, undefined],
    ["/SHOP/1.0.0", undefined, undefined],
    ["/%73hop/1.0.0", undefined, undefined],
    ["//shop/1.0.0", undefined, undefined],
    ["shop/1.0.0", undefined, undefined],
    ["/", undefined, undefined],
    ["", undefined, undefined],
  ])("matches whole segments as they are written: %s", (path, id, rest) => {
    const match = tableOf(route("a", "/shop")).match(path);
    expect([match?.route.id, match?.rest]).toEqual([id, rest]);
  });

  it("prefers the longest context", () => {
    const table = tableOf(route("a", "/shop", "1.0.0", true), route("b", "/shop/deep", "1.0.0", true));
    expect(table.match("/shop/deep/1.0.0/x")?.route.id).toBe("b");
    expect(table.match("/shop/deep/x")?.route.id).toBe("b");
    expect(table.match("/shop/deeper/x")).toMatchObject({ route: { id: "a" }, rest: "/deeper/x" });
  });

  it("answers without the version at the default version alone", () => {
    const table = tableOf(route("a", "/shop", "1.0.0"), route("b", "/shop", "2.0.0", true));
    expect(table.match("/shop/x")).toMatchObject({ route: { id: "b" }, rest: "/x" });
    expect(table.match("/shop/1.0.0/x")).toMatchObject({ route: { id: "a" }, rest: "/x" });
  });

  it("finds a version that stands inside the context", () => {
    const table = tableOf(route("a", "/v/{version}/shop", "2.1", true));
    expect(table.match("/v/2.1/shop/x")).toMatchObject({ route: { id: "a" }, rest: "/x" });
    expect(table.match("/v/2.2/shop/x")).toBeUndefined();
  });

  it("goes on with the other API when one of two that claim a path is removed", () => {
    const inner = route("inner", "/a/1.0.0", "9", true);
    const outer = route("outer", "/a", "1.0.0");
    for (const order of [
      [inner, outer],
      [outer, inner],
    ]) {
      const table = tableOf(...order);
      expect(table.match("/a/1.0.0/x")?.route.id).toBe("inner");
      table.remove("inner");
      expect(table.match("/a/1.0.0/x")?.route.id).toBe("outer");
      expect(table.routes()).toEqual([outer]);
    }
  });

  it("is not slowed down by paths of very many segments", () => {
    const table = tableOf(route("a", "/shop"));
    const startedAt = performance.now();
    for (let count = 0; count < 100; count += 1) table.match("/a".repeat(8_000));
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  it("answers after any changes as a plain search through all APIs would", () => {
    const segment = fc.constantFrom("a", "b", "1", "2");
    const context = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join("/")}`);
    const routed = fc.record({
      id: fc.constantFrom("x", "y", "z", "w"),
      context,
      version: fc.constantFrom("1", "2"),
      isDefaultVersion: fc.boolean(),
    });
    const step = fc.oneof(
      routed.map((value) => ({ put: value, remove: undefined })),
      fc.constantFrom("x", "y", "z", "w").map((id) => ({ put: undefined, remove: id })),
    );
    const path = fc.array(segment, { maxLength: 5 }).map((parts) => `/${parts.join("/")}`);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), path, (steps, asked) => {
        const table = new RoutingTable<Routed>();
        const model = new Map<string, Routed>();
        for (const { put, remove } of steps) {
          if (put) {
            table.put(put);
            model.set(put.id, put);
          } else {
            table.remove(remove);
            model.delete(remove);
          }
        }
        const prefixes = [...model.values()].flatMap((value) => {
          const own = [versionedPath(value.context, value.version)];
          if (value.isDefaultVersion) own.push(defaultPath(value.context));
          return own.filter((prefix) => `${asked}/`.startsWith(`${prefix}/`)).map((prefix) => ({ prefix, value }));
        });
        const longest = Math.max(-1, ...prefixes.map(({ prefix }) => prefix.length));
        const winners = prefixes.filter(({ prefix }) => prefix.length === longest).map(({ value }) => value);
        const found = table.match(asked);
        if (winners.length === 0) expect(found).toBeUndefined();
        else expect(winners).toContain(found?.route);
        if (found) expect(found.rest).toBe(asked.slice(longest));
        expect(new Set(table.routes())).toEqual(new Set(model.values()));
        expect(table.size).toBe(model.size);
      }),
      { numRuns: 500 },
    );
  });
});
