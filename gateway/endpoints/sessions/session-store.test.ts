import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SessionStore } from "./session-store.ts";

describe("the store of sessions", () => {
  it("counts the time from the last use", () => {
    const store = new SessionStore();
    store.bind("k", "A", 100, 0);
    expect(store.use("k", 100, 99)).toBe("A");
    expect(store.use("k", 100, 198)).toBe("A");
    expect(store.use("k", 100, 298)).toBeUndefined();
    expect(store.size).toBe(0);
  });

  it("forgets the one that was used longest ago when it is full", () => {
    const store = new SessionStore(2);
    store.bind("a", "A", 1000, 0);
    store.bind("b", "B", 1000, 1);
    store.use("a", 1000, 2);
    store.bind("c", "C", 1000, 3);
    expect([store.use("a", 1000, 4), store.use("b", 1000, 4), store.use("c", 1000, 4)]).toEqual(["A", undefined, "C"]);
  });

  it("comes round to everything that has expired, wherever it stands", () => {
    const store = new SessionStore();
    for (let index = 0; index < 100; index += 1) store.bind(`long-${index}`, "A", 10_000, 0);
    for (let index = 0; index < 50; index += 1) store.bind(`short-${index}`, "A", 10, 0);
    store.sweep(20, 60);
    expect(store.size).toBe(150);
    store.sweep(20, 60);
    store.sweep(20, 60);
    expect(store.size).toBe(100);
    expect(store.use("long-0", 10_000, 20)).toBe("A");
  });

  it("sweeps on while it is used", () => {
    const store = new SessionStore();
    for (let index = 0; index < 10; index += 1) store.bind(`${index}`, "A", 10, 0);
    store.sweep(5, 3);
    store.use("0", 1000, 5);
    store.bind("new", "B", 1000, 5);
    for (let turn = 0; turn < 10; turn += 1) store.sweep(50, 3);
    expect(store.size).toBe(2);
  });

  it("takes no longer for a new session when it is full", () => {
    const store = new SessionStore(100_000);
    const startedAt = performance.now();
    for (let index = 0; index < 300_000; index += 1) store.bind(`client-${index}`, "A", 1000, 0);
    // Milliseconds here; minutes where each new session looks for the oldest among all that went before.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(store.size).toBe(100_000);
  });

  it("never holds more than its bound, and always what was bound last", () => {
    const steps = fc.array(fc.record({ key: fc.nat(20).map(String), use: fc.boolean(), wait: fc.nat(30) }));
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 8 }), (history, bound) => {
        const store = new SessionStore(bound);
        let now = 0;
        for (const { key, use, wait } of history) {
          now += wait;
          if (use) store.use(key, 50, now);
          else {
            store.bind(key, "A", 50, now);
            expect(store.use(key, 50, now)).toBe("A");
          }
          store.sweep(now, 2);
          expect(store.size).toBeLessThanOrEqual(bound);
        }
      }),
    );
  });
});
