import { beforeEach, describe, expect, it } from "vitest";
import { PlaceLedger } from "../endpoints/endpoint-places.ts";
import type { GroupRuntime } from "../endpoints/group-runtime.ts";
import { EndpointRegistry } from "../endpoints/registry.ts";
import { apiWith } from "../testing/api-with.ts";
import { ServedApis } from "../workers/served-apis.ts";
import { Configuration } from "./configuration.ts";

const url = "http://127.0.0.1:1";
const api = (id: string, revision = 1, more = {}) =>
  apiWith({ id, context: `/${id}`, revision, production: [url, url], ...more });
const none = { upserts: [], removedIds: [], refused: [] };

let table: ServedApis["table"];
let configuration: Configuration;

beforeEach(() => {
  const worker = new ServedApis(2, () => 0);
  const ledger = new PlaceLedger();
  table = worker.table;
  configuration = new Configuration(new EndpointRegistry(ledger), ledger, async (update) => worker.apply(update));
});

function groupOf(id: string): GroupRuntime | undefined {
  return table.match(`/${id}/1.0.0`)?.route.groups.production;
}

describe("Configuration", async () => {
  it("touches nothing but the API that changed", async () => {
    await configuration.replace({ revision: 1, apis: [api("a"), api("b")], refused: [] });
    const untouched = table.match("/a/1.0.0")?.route;
    await configuration.change({ ...none, revision: 2, upserts: [api("b", 2)] });
    expect(table.match("/a/1.0.0")?.route).toBe(untouched);
    expect(table.match("/b/1.0.0")?.route.api.revision).toBe(2);
  });

  it.each(["change", "replace"] as const)("keeps state and rotation of endpoints through %s", async (way) => {
    await configuration.replace({ revision: 1, apis: [api("a")], refused: [] });
    const group = groupOf("a");
    const first = group?.pick(new Set(), undefined, 0);
    if (first?.kind !== "selection") throw new Error("an endpoint was expected");
    group?.settle(first, { kind: "error", code: 101503 }, 0);
    if (way === "change") await configuration.change({ ...none, revision: 2, upserts: [api("a", 2)] });
    else await configuration.replace({ revision: 2, apis: [api("a", 2)], refused: [] });
    expect(groupOf("a")?.endpoints.map(({ state }) => state.kind)).toEqual(["suspended", "active"]);
  });

  it("goes on serving the last good document of an API whose new one is refused, and takes the others over", async () => {
    await configuration.replace({ revision: 1, apis: [api("a"), api("b")], refused: [] });
    const refusal = { id: "a", name: "Shop", revision: 2, reason: "endpointConfig: unreadable" };
    await configuration.change({ ...none, revision: 2, upserts: [api("b", 2)], refused: [refusal] });
    expect([table.match("/a/1.0.0")?.route.api.revision, table.match("/b/1.0.0")?.route.api.revision]).toEqual([1, 2]);
    expect([configuration.refused, configuration.revision]).toEqual([[refusal], 2]);
    await configuration.replace({ revision: 3, apis: [api("b", 2)], refused: [refusal] });
    expect(table.match("/a/1.0.0")?.route.api.revision).toBe(1);
    await configuration.change({ ...none, revision: 4, upserts: [api("a", 4)] });
    expect([configuration.refused, table.match("/a/1.0.0")?.route.api.revision]).toEqual([[], 4]);
  });

  it("forgets what is removed, by a change or by not being in a snapshot", async () => {
    const refusal = { id: "c", name: "C", revision: 1, reason: "unreadable" };
    await configuration.replace({ revision: 1, apis: [api("a"), api("b")], refused: [refusal] });
    await configuration.change({ ...none, revision: 2, removedIds: ["a", "c", "unknown"] });
    expect([table.match("/a/1.0.0"), configuration.groupsOf("a"), configuration.refused]).toEqual([
      undefined,
      undefined,
      [],
    ]);
    await configuration.replace({ revision: 3, apis: [], refused: [] });
    expect([table.size, configuration.apis]).toEqual([0, []]);
  });

  it.each(["first", "last"])("moves the default version when the one that gets it comes %s", async (order) => {
    const at = (id: string, version: string, isDefaultVersion: boolean) =>
      apiWith({ id, context: "/shop", version, isDefaultVersion, production: [url] });
    await configuration.replace({ revision: 1, apis: [at("a", "1.0.0", true), at("b", "2.0.0", false)], refused: [] });
    expect(table.match("/shop/items")?.route.id).toBe("a");
    const swapped = [at("b", "2.0.0", true), at("a", "1.0.0", false)];
    await configuration.change({ ...none, revision: 2, upserts: order === "first" ? swapped : swapped.toReversed() });
    expect(table.match("/shop/items")?.route.id).toBe("b");
    expect(table.match("/shop/1.0.0/items")?.route.id).toBe("a");
    expect(table.match("/shop/2.0.0/items")?.route.id).toBe("b");
  });
});
