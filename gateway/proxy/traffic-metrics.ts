import { type LimitLevel, limitLevels } from "../../lib/model/decision-record.ts";
import type { TokenRefusalReason } from "../../lib/model/token-refusal.ts";
import { WatchCounts } from "../guard/watch-counts.ts";
import { UsedKeys } from "../keys/used-keys.ts";
import { ApiStatistics } from "../statistics/api-statistics.ts";

/** One metric in the JSON of prom-client, which adds up those of all workers. */
type Metric = {
  name: string;
  help: string;
  type: "counter" | "gauge" | "histogram";
  aggregator: "sum";
  values: { value: number; labels: Record<string, string | number>; metricName?: string }[];
};
export type MetricValues = Metric[];

/** Upper bounds, seconds. */
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const statuses = 1_000;

/** Why the gateway ended a client's connection, or refused what came on it. */
export const connectionEnds = [
  "idle",
  "silent",
  "slow-head",
  "slow-body",
  "slow-reader",
  "malformed",
  "head-too-large",
  "too-many",
] as const;
export type ConnectionEnd = (typeof connectionEnds)[number];

/**
 * What one worker counts. Labels are of bounded number whatever clients send. Counted in numbers alone, and put into
 * words when somebody asks.
 */
export class TrafficMetrics {
  /** What guarded publishes are judged by. */
  readonly watched = new WatchCounts();
  /** What the publisher shows of each API. */
  readonly statistics = new ApiStatistics();
  /** Which keys requests came with. */
  readonly usedKeys = new UsedKeys();
  readonly #requests = new Float64Array(statuses);
  readonly #durations = new Float64Array(durationBuckets.length + 1);
  readonly #attempts = new Map<string, number>();
  readonly #ends = new Map<ConnectionEnd, number>(connectionEnds.map((reason) => [reason, 0]));
  readonly #limited = new Map<string, number>(
    limitLevels.flatMap((level) => [
      [`${level} refused`, 0],
      [`${level} observed`, 0],
    ]),
  );
  readonly #refusedTokens = new Map<TokenRefusalReason, number>();
  #secondsSum = 0;
  #connections = 0;
  #connectionsEver = 0;

  countRequest(status: number, durationMs: number): void {
    const seconds = durationMs / 1000;
    let bucket = 0;
    while (bucket < durationBuckets.length && seconds > (durationBuckets[bucket] ?? 0)) bucket += 1;
    this.#requests[status] = (this.#requests[status] ?? 0) + 1;
    this.#durations[bucket] = (this.#durations[bucket] ?? 0) + 1;
    this.#secondsSum += seconds;
  }

  countAttempt(outcome: string): void {
    this.#attempts.set(outcome, (this.#attempts.get(outcome) ?? 0) + 1);
  }

  /** A limit had no room for a request, which was refused, or served all the same. */
  countLimited(level: LimitLevel, isObserved: boolean): void {
    const name = `${level} ${isObserved ? "observed" : "refused"}`;
    this.#limited.set(name, (this.#limited.get(name) ?? 0) + 1);
  }

  countRefusedToken(reason: TokenRefusalReason): void {
    this.#refusedTokens.set(reason, (this.#refusedTokens.get(reason) ?? 0) + 1);
  }

  connectionOpened(): void {
    this.#connections += 1;
    this.#connectionsEver += 1;
  }

  connectionClosed(): void {
    this.#connections -= 1;
  }

  countConnectionEnd(reason: ConnectionEnd): void {
    this.#ends.set(reason, (this.#ends.get(reason) ?? 0) + 1);
  }

  values(): MetricValues {
    return [
      this.#requestsMetric(),
      this.#durationMetric(),
      this.#attemptsMetric(),
      this.#limitedMetric(),
      this.#refusedTokensMetric(),
      ...this.#connectionMetrics(),
    ];
  }

  #connectionMetrics(): Metric[] {
    const one = (name: string, help: string, type: "counter" | "gauge", value: number): Metric => {
      return { name, help, type, aggregator: "sum", values: [{ value, labels: {} }] };
    };
    return [
      one("fairlead_client_connections", "Connections of clients that are open.", "gauge", this.#connections),
      one("fairlead_client_connections_total", "Connections of clients so far.", "counter", this.#connectionsEver),
      {
        name: "fairlead_client_connections_ended_total",
        help: "Connections of clients that the gateway ended or turned away, by reason.",
        type: "counter",
        aggregator: "sum",
        values: [...this.#ends].map(([reason, value]) => ({ value, labels: { reason } })),
      },
    ];
  }

  #refusedTokensMetric(): Metric {
    const help = "Tokens that were not accepted, by reason; keys-unavailable: their issuer's keys could not be had.";
    const values = [...this.#refusedTokens].map(([reason, value]) => ({ value, labels: { reason } }));
    return { name: "fairlead_tokens_refused_total", help, type: "counter", aggregator: "sum", values };
  }

  #requestsMetric(): Metric {
    const values: Metric["values"] = [];
    for (const [status, value] of this.#requests.entries()) if (value > 0) values.push({ value, labels: { status } });
    const help = "Requests answered, by HTTP status; 499 when the client left first.";
    return { name: "fairlead_requests_total", help, type: "counter", aggregator: "sum", values };
  }

  #durationMetric(): Metric {
    const name = "fairlead_request_duration_seconds";
    const values: Metric["values"] = [];
    let count = 0;
    for (const [bucket, added] of this.#durations.entries()) {
      count += added;
      values.push({ value: count, labels: { le: durationBuckets[bucket] ?? "+Inf" }, metricName: `${name}_bucket` });
    }
    values.push({ value: this.#secondsSum, labels: {}, metricName: `${name}_sum` });
    values.push({ value: count, labels: {}, metricName: `${name}_count` });
    const help = "Time from a request's head to the end of its response.";
    return { name, help, type: "histogram", aggregator: "sum", values };
  }

  #limitedMetric(): Metric {
    const values = [...this.#limited].map(([name, value]) => {
      const [level = "", action = ""] = name.split(" ");
      return { value, labels: { level, action } };
    });
    const help = "Requests for which a rate limit had no room, by whose it is, refused or observed only.";
    return { name: "fairlead_rate_limited_requests_total", help, type: "counter", aggregator: "sum", values };
  }

  #attemptsMetric(): Metric {
    const values = [...this.#attempts].map(([outcome, value]) => ({ value, labels: { outcome } }));
    const help = "Attempts at endpoints, by outcome: success, passed-on after a failover status, or the error code.";
    return { name: "fairlead_endpoint_attempts_total", help, type: "counter", aggregator: "sum", values };
  }
}
