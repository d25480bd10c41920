import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ApiLive } from "@/lib/model/api-live.ts";
import { LiveStore } from "./live-store.ts";

type State = "ACTIVE" | "SUSPENDED" | "OFF";

function live(states: Record<string, State>, inMs = 30_000): ApiLive {
  const endpoints = Object.entries(states).map(([id, state]) => ({
    ...{ id, url: `http://${id}.example`, keyType: "production" as const, gatewayId: "g", state, draining: false },
    ...{ healthDown: false, warmingUntil: null, suspendDurationMs: null, remainingRetries: 0, lastError: null },
    ...{ requests: 0, failures: 0, minutes: [] },
    nextRetryAt: state === "SUSPENDED" ? { at: "2030-01-01T00:00:00.000Z", inMs } : null,
  }));
  const gateways = [{ id: "g", host: "g", says: "answers" as const }];
  return { lifecycleState: "PUBLISHED", gateways, switches: [], endpoints };
}

let store: LiveStore;

beforeEach(() => {
  vi.useFakeTimers();
  store = new LiveStore();
});
afterEach(() => vi.useRealTimers());

describe("LiveStore", () => {
  it("gives a member the same object while nothing is new of it, so that its row is not drawn", () => {
    store.receive(live({ a: "ACTIVE", b: "SUSPENDED", c: "ACTIVE" }), 0);
    const [a, b] = [store.member("production a"), store.member("production b")];
    store.receive(live({ a: "OFF", b: "SUSPENDED", c: "ACTIVE" }, 20_100), 10_000);
    expect(store.member("production b")).toBe(b);
    expect(store.member("production a")).not.toBe(a);
  });

  it("counts down to the new end when there is one", () => {
    store.receive(live({ b: "SUSPENDED" }), 0);
    store.receive(live({ b: "SUSPENDED" }), 10_000);
    expect(store.member("production b")?.until).toBe(40_000);
  });

  it("names what changed its state last, and nothing at first sight", () => {
    store.receive(live({ a: "ACTIVE", b: "SUSPENDED" }), 0);
    expect(store.changes).toEqual([]);
    store.receive(live({ a: "ACTIVE", b: "ACTIVE" }), 0);
    const ready = [{ url: "http://b.example", state: "ready" }];
    expect(store.changes).toEqual(ready);
    store.receive(live({ a: "ACTIVE", b: "ACTIVE" }), 0);
    expect(store.changes).toEqual(ready);
  });

  it("shows a switch where it is to be, until gateways tell of it", () => {
    store.receive(live({ a: "ACTIVE" }), 0);
    store.expect("production a", "off");
    expect(store.member("production a")?.state).toBe("off");
    store.receive(live({ a: "ACTIVE" }), 0);
    expect(store.member("production a")?.state).toBe("off");
    store.receive(live({ a: "OFF" }), 0);
    store.receive(live({ a: "ACTIVE" }), 0);
    expect(store.member("production a")?.state).toBe("ready");
  });

  it("takes a switch back that failed, or that gateways do not follow", () => {
    store.receive(live({ a: "ACTIVE" }), 0);
    const takeBack = store.expect("production a", "off");
    takeBack();
    expect(store.member("production a")?.state).toBe("ready");
    store.expect("production a", "drain");
    takeBack();
    expect(store.member("production a")?.state).toBe("draining");
    vi.advanceTimersByTime(10_000);
    expect(store.member("production a")?.state).toBe("ready");
  });

  it("keeps what it knew when the connection breaks", () => {
    store.receive(live({ a: "ACTIVE" }), 0);
    let told = 0;
    store.subscribe(() => {
      told += 1;
    });
    store.connect({ kind: "lost" });
    expect([told, store.connection.kind, store.member("production a")?.state]).toEqual([1, "lost", "ready"]);
  });
});
