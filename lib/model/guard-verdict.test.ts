import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultGuardSettings } from "./guard.ts";
import { judge } from "./guard-verdict.ts";
import { latencyPercentile } from "./latency-buckets.ts";
import { countWatched, emptyWatchCount, isWatchedFailure } from "./watch-count.ts";

type Traffic = { requests: number; failures?: number; ms?: number };

function counted({ requests, failures = 0, ms = 20 }: Traffic) {
  const count = emptyWatchCount("api", 1);
  for (let each = 0; each < requests; each += 1) countWatched(count, each < failures ? 502 : 200, ms);
  return count;
}

const gateway = (gatewayId: string, before: Traffic, after: Traffic) => ({
  gatewayId,
  before: counted(before),
  after: counted(after),
});

const settings = { ...defaultGuardSettings, maxErrorPoints: 5, maxLatencyPercent: 100, minRequests: 50 };

describe("the judgement of a guarded change", () => {
  it.each<[string, Traffic, Traffic, RegExp | undefined]>([
    ["nothing changes", { requests: 1_000 }, { requests: 100 }, undefined],
    ["too few requests to judge by", { requests: 1_000 }, { requests: 49, failures: 49 }, undefined],
    ["failures up to the limit", { requests: 1_000, failures: 10 }, { requests: 100, failures: 6 }, undefined],
    [
      "failures beyond it",
      { requests: 1_000, failures: 10 },
      { requests: 100, failures: 7 },
      /^7 % of 100 .*1 % before/,
    ],
    ["failures as many as before", { requests: 100, failures: 60 }, { requests: 100, failures: 61 }, undefined],
    ["no traffic before", { requests: 0 }, { requests: 50, failures: 3 }, /too few requests before/],
    ["latency up to the limit", { requests: 100, ms: 50 }, { requests: 100, ms: 90 }, undefined],
    [
      "latency beyond it",
      { requests: 100, ms: 50 },
      { requests: 100, ms: 200 },
      /^95 of 100 requests took up to \d+ ms/,
    ],
    ["latency without anything to compare with", { requests: 3, ms: 50 }, { requests: 100, ms: 5_000 }, undefined],
    ["latency of next to nothing", { requests: 100, ms: 1 }, { requests: 100, ms: 5 }, undefined],
  ])("with %s", (_name, before, after, expected) => {
    const { exceeded } = judge(settings, [gateway("a", before, after)]);
    if (expected) expect(exceeded).toMatch(expected);
    else expect(exceeded).toBeUndefined();
  });

  it("finds the one gateway at which it fails among many at which it does not", () => {
    const fine = ["a", "b", "c"].map((id) => gateway(id, { requests: 1_000 }, { requests: 10_000 }));
    const verdict = judge(settings, [...fine, gateway("d", { requests: 1_000 }, { requests: 100, failures: 90 })]);
    expect(verdict).toMatchObject({ exceeded: expect.stringMatching(/^90 %/), figures: { gatewayId: "d" } });
  });

  it("compares a gateway that is new with what the others had before", () => {
    const verdict = judge(settings, [
      gateway("old", { requests: 1_000, failures: 500 }, { requests: 1_000, failures: 500 }),
      gateway("new", { requests: 0 }, { requests: 100, failures: 50 }),
    ]);
    expect(verdict.exceeded).toBeUndefined();
  });

  it("takes for failures what a change may break, and not what it may forbid", () => {
    const failures = [200, 204, 304, 400, 401, 403, 404, 429, 500, 502, 503, 504].filter(isWatchedFailure);
    expect(failures).toEqual([400, 404, 500, 502, 503, 504]);
  });
});

describe("a percentile", () => {
  it("is within a fifth of what was measured", () => {
    fc.assert(
      fc.property(fc.double({ min: 2, max: 50_000, noNaN: true }), (ms) => {
        const percentile = latencyPercentile(counted({ requests: 10, ms }).latency, 0.95) ?? 0;
        expect(Math.abs(percentile - ms) / ms).toBeLessThan(0.2);
      }),
    );
  });

  it("is unknown without requests", () => {
    expect(latencyPercentile(counted({ requests: 0 }).latency, 0.95)).toBeUndefined();
  });
});
