import { describe, expect, it } from "vitest";
import { TrafficMetrics } from "../proxy/traffic-metrics.ts";
import { TrafficMeter } from "./traffic-rate.ts";

function counted(metrics: TrafficMetrics, requests: number, durationMs: number) {
  for (let request = 0; request < requests; request += 1) metrics.countRequest(200, durationMs);
}

describe("the rate of traffic", () => {
  it("is nothing before there are two looks", () => {
    expect(new TrafficMeter().measure([new TrafficMetrics().values()], 0)).toEqual({
      requestsPerSecond: 0,
      p99Ms: null,
    });
  });

  it("counts what all workers answered since the last look", () => {
    const meter = new TrafficMeter();
    const [one, other] = [new TrafficMetrics(), new TrafficMetrics()];
    counted(one, 1_000, 8_000);
    meter.measure([one.values(), other.values()], 1_000);
    counted(one, 50, 4);
    counted(other, 50, 4);
    const { requestsPerSecond, p99Ms } = meter.measure([one.values(), other.values()], 6_000);
    expect(requestsPerSecond).toBe(20);
    expect(p99Ms).toBeGreaterThan(2.5);
    expect(p99Ms).toBeLessThanOrEqual(5);
    expect(meter.measure([one.values(), other.values()], 11_000)).toEqual({ requestsPerSecond: 0, p99Ms: null });
  });

  it("finds the slowest of a hundred", () => {
    const meter = new TrafficMeter();
    const metrics = new TrafficMetrics();
    meter.measure([metrics.values()], 0);
    counted(metrics, 98, 1);
    counted(metrics, 2, 300);
    const { p99Ms } = meter.measure([metrics.values()], 1_000);
    expect(p99Ms).toBeGreaterThan(250);
    expect(p99Ms).toBeLessThanOrEqual(500);
  });

  it("says the last bound for what is beyond it", () => {
    const meter = new TrafficMeter();
    const metrics = new TrafficMetrics();
    meter.measure([metrics.values()], 0);
    counted(metrics, 1, 600_000);
    expect(meter.measure([metrics.values()], 1_000).p99Ms).toBe(60_000);
  });

  it("goes on when a worker is replaced, which begins at zero", () => {
    const meter = new TrafficMeter();
    const old = new TrafficMetrics();
    counted(old, 100, 1);
    meter.measure([old.values()], 0);
    const fresh = new TrafficMetrics();
    counted(fresh, 10, 1);
    expect(meter.measure([fresh.values()], 1_000).requestsPerSecond).toBe(10);
  });
});
