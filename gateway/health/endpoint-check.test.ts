import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { endpointTarget } from "../../lib/model/endpoint-target.ts";
import { healthCheckSchema } from "../../lib/model/group-settings.ts";
import { EndpointCheck } from "./endpoint-check.ts";

const settings = (intervalMs: number, path = "/health") => healthCheckSchema.parse({ path, intervalMs });
const endpoint = {
  id: "a",
  target: endpointTarget("http://127.0.0.1:9/"),
  markDown: () => undefined,
  markUp: () => undefined,
};

let due: number;
let random: number;

const checkEvery = (intervalMs: number) =>
  new EndpointCheck(
    { apiId: "api-1", keyType: "production", settings: { healthCheck: undefined }, endpoints: [endpoint] },
    endpoint,
    settings(intervalMs),
    () => random,
    () => {
      due += 1;
    },
  );

/** How long it takes until the next check is due, ms. */
function waited(): number {
  const before = due;
  for (let ms = 0; ms <= 20_000; ms += 1) {
    if (due > before) return ms;
    vi.advanceTimersByTime(1);
  }
  return Number.POSITIVE_INFINITY;
}

beforeEach(() => {
  vi.useFakeTimers();
  due = 0;
  random = 0.5;
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the checks of an endpoint", () => {
  it.each([
    [0, 0],
    [0.25, 2_500],
    [0.999, 9_990],
  ])("begin at a random point of the first interval: %d → %i ms", (point, expected) => {
    random = point;
    checkEvery(10_000);
    // A timer of 0 ms is one of 1 ms.
    expect(waited()).toBe(Math.max(1, expected));
  });

  it.each([
    [0, 0, 9_000],
    [0.5, 0, 10_000],
    [0.999, 0, 10_998],
    [0.5, 1_500, 8_500],
    [0.5, 60_000, 1],
  ])(
    "follow one another after the interval ± 10 %%, from beginning to beginning: %d, took %i ms → %i ms",
    (point, tookMs, expected) => {
      const check = checkEvery(10_000);
      waited();
      random = point;
      check.start();
      check.ended({ kind: "success" }, tookMs);
      expect(waited()).toBe(expected);
    },
  );

  it("are not due while one is under way", () => {
    const check = checkEvery(1_000);
    waited();
    const givenUp = check.start();
    vi.advanceTimersByTime(60_000);
    expect([due, givenUp.aborted]).toEqual([1, false]);
    check.apply(settings(500));
    vi.advanceTimersByTime(60_000);
    expect([due, givenUp.aborted]).toEqual([1, true]);
    check.ended({ kind: "void" }, 120_000);
    expect(waited()).toBe(250);
  });

  it("are not due twice when settings change while one waits for its turn", () => {
    const check = checkEvery(1_000);
    waited();
    check.apply(settings(500));
    check.start();
    vi.advanceTimersByTime(60_000);
    expect(due).toBe(1);
  });

  it("keep their time while their settings stay the same", () => {
    const check = checkEvery(1_000);
    vi.advanceTimersByTime(400);
    check.apply(settings(1_000));
    expect(waited()).toBe(100);
    const givenUp = check.start();
    check.apply(settings(1_000));
    expect(givenUp.aborted).toBe(false);
  });

  it("begin anew with other settings, and what was found down stays so until it is found up", () => {
    const check = checkEvery(10_000);
    const fail = () => check.ended({ kind: "timeout" }, 0);
    expect([fail(), fail(), fail()]).toEqual([undefined, undefined, "down"]);
    check.apply(settings(10_000, "/other"));
    expect(check.isDown).toBe(true);
    expect(waited()).toBe(5_000);
    const succeed = () => check.ended({ kind: "success" }, 0);
    expect([succeed(), succeed(), succeed()]).toEqual([undefined, "up", undefined]);
  });

  it("forget failures of other settings", () => {
    const check = checkEvery(10_000);
    const fail = () => check.ended({ kind: "timeout" }, 0);
    expect([fail(), fail()]).toEqual([undefined, undefined]);
    check.apply(settings(10_000, "/other"));
    expect([fail(), fail(), fail()]).toEqual([undefined, undefined, "down"]);
  });

  it("end when they are stopped", () => {
    const check = checkEvery(1_000);
    check.stop();
    vi.advanceTimersByTime(60_000);
    expect(due).toBe(0);
    const other = checkEvery(1_000);
    const givenUp = other.start();
    other.stop();
    expect(givenUp.aborted).toBe(true);
  });
});
