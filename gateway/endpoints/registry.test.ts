import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EndpointConfig } from "../../lib/model/endpoint-config.ts";
import type { SnapshotApi } from "../../lib/model/snapshot.ts";
import type { GroupRuntime } from "./group-runtime.ts";
import { EndpointRegistry } from "./registry.ts";
import { sampleEndpoint, select, sendRequest } from "./testing/sample-groups.ts";

function apiWith(endpointConfig: EndpointConfig | null, id = "api-1"): SnapshotApi {
  return {
    id,
    name: "PizzaShackAPI",
    version: "1.0.0",
    context: "/pizzashack",
    isDefaultVersion: false,
    lifecycleState: "PUBLISHED",
    apiKeyRequired: false,
    endpointConfig,
    revision: 1,
    switches: [],
    keys: [],
  };
}

type Member = ReturnType<typeof sampleEndpoint>;
const members = (...ids: string[]) => ids.map((id) => sampleEndpoint(id));

function balanced(production: Member[], changes: { sandbox?: Member[]; failover?: boolean } = {}): EndpointConfig {
  return {
    kind: "load-balance",
    protocol: "rest",
    retryNonIdempotent: false,
    algorithm: "round-robin",
    session: { kind: "none" },
    failover: true,
    production,
    ...changes,
  };
}

function put(registry: EndpointRegistry, config: EndpointConfig, id?: string): GroupRuntime {
  const group = registry.put(apiWith(config, id)).production;
  if (!group) throw new Error("no production group");
  return group;
}

const suspend = (group: GroupRuntime, id: string, now = 0) => sendRequest(group, now, { [id]: 101503 }, id);
const order = (group: GroupRuntime, count: number, now = 0) =>
  Array.from({ length: count }, () => sendRequest(group, now).answer).join(" ");

describe("a reload", () => {
  it("keeps state, statistics and whose turn it is while ids and URLs stay", () => {
    const registry = new EndpointRegistry();
    const group = put(registry, balanced(members("A", "B", "C")));
    expect(order(group, 2)).toBe("A B");
    suspend(group, "B");
    const again = put(registry, balanced(members("A", "B", "C"), { failover: false }));
    expect(again.findEndpoint("B")).toMatchObject({ state: { kind: "suspended" }, failures: 1 });
    expect(again.mayFailOver).toBe(false);
  });

  it("gives a new member its place in the rotation", () => {
    const registry = new EndpointRegistry();
    const group = put(registry, balanced(members("A", "B", "C")));
    expect(order(group, 2)).toBe("A B");
    expect(order(put(registry, balanced(members("A", "X", "B", "C", "D"))), 6)).toBe("C D A X B C");
  });

  it("goes on with the next that stayed when the one whose turn it is leaves", () => {
    const registry = new EndpointRegistry();
    const group = put(registry, balanced(members("A", "B", "C", "D")));
    expect(order(group, 1)).toBe("A");
    expect(order(put(registry, balanced(members("A", "C", "D"))), 3)).toBe("C D A");
  });

  it("lets a request finish at a member that has left, and forgets it", () => {
    const registry = new EndpointRegistry();
    const group = put(registry, balanced(members("A", "B")));
    const selection = select(group);
    put(registry, balanced(members("B")));
    group.settle(selection, { kind: "error", code: 101503 }, 1);
    expect(selection.endpoint.inFlight).toBe(0);
    expect(order(group, 2, 1)).toBe("B B");
  });

  it("begins anew with an endpoint whose URL changed", () => {
    const registry = new EndpointRegistry();
    suspend(put(registry, balanced(members("A", "B"))), "A");
    const moved = { ...sampleEndpoint("A"), url: "http://elsewhere.example/" };
    expect(order(put(registry, balanced([moved, sampleEndpoint("B")])), 2)).toMatch(/A/);
  });

  it("applies new settings from the next outcome on", () => {
    const registry = new EndpointRegistry();
    suspend(put(registry, balanced(members("A", "B"))), "A");
    const settings = { suspendInitialDurationMs: 1000, suspendFactor: 0.1 };
    const group = put(registry, balanced([sampleEndpoint("A", settings), sampleEndpoint("B")]));
    expect(group.findEndpoint("A")?.isReady(29_999)).toBe(false);
    suspend(group, "A", 30_000);
    expect(group.findEndpoint("A")?.state).toMatchObject({ kind: "suspended", durationMs: 3000 });
  });

  it("keeps states when the kind of group changes", () => {
    const registry = new EndpointRegistry();
    suspend(put(registry, balanced(members("A", "B"))), "A");
    const [primary, second] = members("A", "B");
    if (!primary || !second) throw new Error("two members");
    const group = put(registry, {
      kind: "failover",
      protocol: "rest",
      retryNonIdempotent: false,
      production: { primary, failovers: [second] },
    });
    expect(order(group, 2)).toBe("B B");
  });

  it("leaves other APIs and the other key type alone, even where URLs are the same", () => {
    const registry = new EndpointRegistry();
    const first = put(registry, balanced(members("A", "B"), { sandbox: members("A", "B") }), "api-1");
    const second = put(registry, balanced(members("A", "B")), "api-2");
    suspend(first, "A");
    expect(second.findEndpoint("A")?.state.kind).toBe("active");
    expect(registry.find("api-1")?.sandbox?.findEndpoint("A")?.state.kind).toBe("active");
  });

  it("ends the groups that are configured no longer", () => {
    const registry = new EndpointRegistry();
    put(registry, balanced(members("A"), { sandbox: members("S") }));
    put(registry, balanced(members("A")));
    expect(registry.find("api-1")?.sandbox).toBeUndefined();
    registry.remove("api-1");
    expect(registry.find("api-1")).toBeUndefined();
    expect([...registry.groups()]).toEqual([]);
  });

  it("serves an API without endpoints by no group", () => {
    expect(new EndpointRegistry().put(apiWith(null))).toEqual({});
  });

  it("never skips or repeats a turn of the members that stay, whatever else changes", () => {
    const ids = ["A", "B", "C", "D", "E", "F"];
    const lists = fc.subarray(ids, { minLength: 1 });
    fc.assert(
      fc.property(lists, lists, fc.nat(12), (before, after, turns) => {
        const registry = new EndpointRegistry();
        const group = put(registry, balanced(members(...before)));
        for (let turn = 0; turn < turns; turn += 1) sendRequest(group, 0);
        const rotation = before.map((_, step) => before[(turns + step) % before.length]);
        const expected = rotation.filter((id) => id !== undefined && after.includes(id));
        put(registry, balanced(members(...after)));
        const served = order(group, after.length).split(" ");
        expect(served.filter((id) => before.includes(id))).toEqual(expected);
      }),
    );
  });
});
