import fc from "fast-check";
import { expect, it } from "vitest";
import { releaseWindow, SlidingWindow, windowMemory } from "./sliding-window.ts";

const minute = { requests: 100, windowMs: 60_000 };

it("never lets more through in any window of time, and little less to a client that always asks", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 50, maxLength: 600 }),
      fc.integer({ min: 1, max: 60 }),
      (gaps, requests) => {
        const window = new SlidingWindow(windowMemory(), 1, { requests, windowMs: 60_000 });
        const taken: number[] = [];
        let now = 1e9;
        for (const gap of gaps) {
          now += gap;
          if (window.take(now)) taken.push(now);
        }
        for (const [index, at] of taken.entries()) {
          const before = taken[index - requests];
          if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(60_000);
        }
      },
    ),
    { numRuns: 200 },
  );
});

it.each([
  ["one every ms", 1],
  ["5,000 a second", 0.2],
])("gives a client that asks %s its limit to 1 %% over ten windows", (_, gapMs) => {
  const window = new SlidingWindow(windowMemory(), 1, { requests: 1_000, windowMs: 1_000 });
  let taken = 0;
  for (let now = 0; now < 10_000; now += gapMs) if (window.take(now)) taken += 1;
  expect(taken).toBeGreaterThan(10_000 * 0.99);
  expect(taken).toBeLessThanOrEqual(10_000);
});

it("says how many more there could be, and when the first of them leaves", () => {
  const window = new SlidingWindow(windowMemory(), 1, minute);
  for (let index = 0; index < 100; index += 1) expect(window.take(500)).toBe(true);
  expect(window.remaining).toBe(0);
  expect(window.take(30_000)).toBe(false);
  expect(window.resetMs).toBeGreaterThan(29_500);
  expect(window.resetMs).toBeLessThan(31_500);
  expect(window.take(30_000 + window.resetMs)).toBe(true);
});

it("counts what several threads take as one", () => {
  const memory = windowMemory();
  const windows = [1, 2, 3].map((thread) => new SlidingWindow(memory, thread, minute));
  const taken = Array.from({ length: 300 }, (_, index) => windows[index % 3]?.take(1_000 + index));
  expect(taken.filter(Boolean)).toHaveLength(100);
});

it("gives back what another limit had no room for", () => {
  const window = new SlidingWindow(windowMemory(), 1, { requests: 1, windowMs: 1_000 });
  expect(window.take(0)).toBe(true);
  window.giveBack(0);
  expect(window.remaining).toBe(1);
  expect(window.take(1)).toBe(true);
});

it("goes on counting under another number, where a reload lowers or raises it", () => {
  const memory = windowMemory();
  const before = new SlidingWindow(memory, 1, minute);
  for (let index = 0; index < 60; index += 1) before.take(index);
  const lower = new SlidingWindow(memory, 1, { ...minute, requests: 50 });
  expect(lower.take(100)).toBe(false);
  expect(lower.remaining).toBe(0);
  expect(new SlidingWindow(memory, 1, { ...minute, requests: 61 }).take(100)).toBe(true);
});

it("keeps counting where the clock's numbers wrap around at 32 bits", () => {
  const partMs = 1_000 / 127;
  const wrap = 2 ** 32 * partMs;
  const window = new SlidingWindow(windowMemory(), 1, { requests: 10, windowMs: 1_000 });
  window.take(wrap - 5_000);
  let taken = 0;
  for (let now = wrap - 500; now < wrap + 400; now += 10) if (window.take(now)) taken += 1;
  expect(taken).toBe(10);
  expect(window.take(wrap + 600)).toBe(true);
});

it("is freed for a thread that died with it", () => {
  const memory = windowMemory();
  new Int32Array(memory)[0] = 7;
  releaseWindow(memory, 7);
  expect(new SlidingWindow(memory, 1, minute).take(0)).toBe(true);
});
