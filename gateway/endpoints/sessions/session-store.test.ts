import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SessionStore } from "./session-store.ts";

describe("the store of sessions", () => {
  it("counts the time from the last use", () => {
    const store = SessionStore.create();
    store.bind("k", 1, 100, 0);
    expect(store.use("k", 100, 99)).toBe(1);
    expect(store.use("k", 100, 198)).toBe(1);
    expect(store.use("k", 100, 298)).toBeUndefined();
    expect(store.size).toBe(0);
  });

  it("forgets the one that was used longest ago when it is full", () => {
    const store = SessionStore.create(2);
    store.bind("a", 1, 1000, 0);
    store.bind("b", 2, 1000, 1);
    store.use("a", 1000, 2);
    store.bind("c", 3, 1000, 3);
    expect([store.use("a", 1000, 4), store.use("b", 1000, 4), store.use("c", 1000, 4)]).toEqual([1, undefined, 3]);
  });

  it("comes round to everything that has expired, wherever it stands", () => {
    const store = SessionStore.create();
    for (let index = 0; index < 100; index += 1) store.bind(`long-${index}`, 1, 10_000, 0);
    for (let index = 0; index < 50; index += 1) store.bind(`short-${index}`, 1, 10, 0);
    store.sweep(20, 60);
    expect(store.size).toBe(150);
    store.sweep(20, 60);
    store.sweep(20, 60);
    expect(store.size).toBe(100);
    expect(store.use("long-0", 10_000, 20)).toBe(1);
  });

  it("sweeps on while it is used", () => {
    const store = SessionStore.create();
    for (let index = 0; index < 10; index += 1) store.bind(`${index}`, 1, 10, 0);
    store.sweep(5, 3);
    store.use("0", 1000, 5);
    store.bind("new", 2, 1000, 5);
    for (let turn = 0; turn < 10; turn += 1) store.sweep(50, 3);
    expect(store.size).toBe(2);
  });

  it("takes no longer for a new session when it is full", () => {
    const store = SessionStore.create(100_000);
    const startedAt = performance.now();
    for (let index = 0; index < 300_000; index += 1) store.bind(`client-${index}`, 1, 1000, 0);
    // Milliseconds here; minutes where each new session looks for the oldest among all that went before.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(store.size).toBe(100_000);
  });

  it("never holds more than its bound, and always what was bound last", () => {
    const steps = fc.array(fc.record({ key: fc.nat(20).map(String), use: fc.boolean(), wait: fc.nat(30) }));
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 8 }), (history, bound) => {
        const store = SessionStore.create(bound);
        let now = 0;
        for (const { key, use, wait } of history) {
          now += wait;
          if (use) store.use(key, 50, now);
          else {
            store.bind(key, 1, 50, now);
            expect(store.use(key, 50, now)).toBe(1);
          }
          store.sweep(now, 2);
          expect(store.size).toBeLessThanOrEqual(bound);
        }
      }),
    );
  });
});
