import { Counter, Histogram, type MetricObjectWithValues, type MetricValue, Registry } from "prom-client";
import { WatchCounts } from "../guard/watch-counts.ts";

export type MetricValues = MetricObjectWithValues<MetricValue<string>>[];

/** What one worker counts. Labels are of bounded number whatever clients send. */
export class TrafficMetrics {
  /** What guarded publishes are judged by. */
  readonly watched = new WatchCounts();
  readonly #registry = new Registry();
  readonly #requests = new Counter({
    name: "fairlead_requests_total",
    help: "Requests answered, by HTTP status; 499 when the client left first.",
    labelNames: ["status"],
    registers: [this.#registry],
  });
  readonly #duration = new Histogram({
    name: "fairlead_request_duration_seconds",
    help: "Time from a request's head to the end of its response.",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: [this.#registry],
  });
  readonly #attempts = new Counter({
    name: "fairlead_endpoint_attempts_total",
    help: "Attempts at endpoints, by outcome: success, passed-on after a failover status, or the error code.",
    labelNames: ["outcome"],
    registers: [this.#registry],
  });

  countRequest(status: number, durationMs: number): void {
    this.#requests.inc({ status });
    this.#duration.observe(durationMs / 1000);
  }

  countAttempt(outcome: string): void {
    this.#attempts.inc({ outcome });
  }

  values(): Promise<MetricValues> {
    return this.#registry.getMetricsAsJSON();
  }
}
