import type { MetricValues } from "../proxy/traffic-metrics.ts";

/** The durations that all workers have counted: how many requests took at most so many seconds, in the order of bounds. */
type Durations = { bound: number; count: number }[];

/** How much was answered in a while, and how fast. `p99Ms` is null when nothing was. */
export type TrafficRate = { requestsPerSecond: number; p99Ms: number | null };

const durationMetric = "fairlead_request_duration_seconds";

/**
 * Makes rates of what workers count anyway, by comparing it with what they had counted before: it costs requests nothing. A
 * worker that was replaced begins at zero, so what is less than before counts as it is.
 */
export class TrafficMeter {
  #before: { durations: Durations; atMs: number } | undefined;

  /** @param atMs of a monotonic clock */
  measure(ofWorkers: readonly MetricValues[], atMs: number): TrafficRate {
    const durations = durationsOf(ofWorkers);
    const before = this.#before;
    this.#before = { durations, atMs };
    if (!before || atMs <= before.atMs) return { requestsPerSecond: 0, p99Ms: null };
    const since = difference(before.durations, durations);
    const total = since.at(-1)?.count ?? 0;
    return { requestsPerSecond: total / ((atMs - before.atMs) / 1_000), p99Ms: quantileMs(since, 0.99) };
  }
}

function durationsOf(ofWorkers: readonly MetricValues[]): Durations {
  const counts = new Map<number, number>();
  for (const metrics of ofWorkers) {
    const values = metrics.find(({ name }) => name === durationMetric)?.values ?? [];
    for (const { value, labels, metricName } of values) {
      if (metricName !== `${durationMetric}_bucket`) continue;
      const bound = labels.le === "+Inf" ? Number.POSITIVE_INFINITY : Number(labels.le);
      counts.set(bound, (counts.get(bound) ?? 0) + value);
    }
  }
  return [...counts].map(([bound, count]) => ({ bound, count })).toSorted((one, other) => one.bound - other.bound);
}

function difference(before: Durations, after: Durations): Durations {
  const isReset = after.some(({ count }, index) => count < (before[index]?.count ?? 0));
  if (isReset) return after;
  return after.map(({ bound, count }, index) => ({ bound, count: count - (before[index]?.count ?? 0) }));
}

/** Within a bucket durations count as evenly spread, as Prometheus does it; beyond the last bound, as that bound. */
function quantileMs(durations: Durations, quantile: number): number | null {
  const total = durations.at(-1)?.count ?? 0;
  if (total === 0) return null;
  const rank = quantile * total;
  const index = durations.findIndex(({ count }) => count >= rank);
  const [lower, upper] = [durations[index - 1], durations[index]];
  const from = lower?.bound ?? 0;
  if (!upper || upper.bound === Number.POSITIVE_INFINITY) return from * 1_000;
  const within = upper.count - (lower?.count ?? 0);
  const share = within === 0 ? 1 : (rank - (lower?.count ?? 0)) / within;
  return (from + (upper.bound - from) * share) * 1_000;
}
