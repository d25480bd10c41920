import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { EndpointRuntime } from "../endpoints/endpoint-runtime.ts";
import type { GroupRuntime } from "../endpoints/group-runtime.ts";

const stateNumbers = { active: 0, timeout: 1, suspended: 2, off: 3 } as const;

/** Endpoints that get a line of their own in `fairlead_endpoint_state`; those that matter come first. */
const maxEndpointSeries = 2_000;

/** The gateway's Prometheus metrics. Labels are of bounded number whatever clients send. */
export class GatewayMetrics {
  readonly registry = new Registry();
  readonly #requests = new Counter({
    name: "fairlead_requests_total",
    help: "Requests answered, by HTTP status; 499 when the client left first.",
    labelNames: ["status"],
    registers: [this.registry],
  });
  readonly #duration = new Histogram({
    name: "fairlead_request_duration_seconds",
    help: "Time from a request's head to the end of its response.",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: [this.registry],
  });
  readonly #attempts = new Counter({
    name: "fairlead_endpoint_attempts_total",
    help: "Attempts at endpoints, by outcome: success or the error code.",
    labelNames: ["outcome"],
    registers: [this.registry],
  });
  readonly #revision = new Gauge({
    name: "fairlead_config_revision",
    help: "Revision of the configuration being served.",
    registers: [this.registry],
  });
  readonly #reloadErrors = new Counter({
    name: "fairlead_config_reload_errors_total",
    help: "Configurations or single APIs that could not be taken over.",
    registers: [this.registry],
  });

  constructor(listGroups: () => Iterable<GroupRuntime>) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: "fairlead_endpoint_state",
      help: "State of endpoints that were called or are not active: 0 active, 1 timeout, 2 suspended, 3 off.",
      labelNames: ["api", "key_type", "endpoint"],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const { group, endpoint } of notableEndpoints(listGroups())) {
          const labels = { api: group.apiId, key_type: group.keyType, endpoint: endpoint.id };
          this.set(labels, stateNumbers[endpoint.state.kind]);
        }
      },
    });
  }

  countRequest(status: number, durationMs: number): void {
    this.#requests.inc({ status });
    this.#duration.observe(durationMs / 1000);
  }

  countAttempt(outcome: string): void {
    this.#attempts.inc({ outcome });
  }

  setRevision(revision: number): void {
    this.#revision.set(revision);
  }

  countReloadErrors(count: number): void {
    this.#reloadErrors.inc(count);
  }
}

function* notableEndpoints(
  groups: Iterable<GroupRuntime>,
): Generator<{ group: GroupRuntime; endpoint: EndpointRuntime }> {
  let count = 0;
  for (const group of groups) {
    for (const endpoint of group.endpoints) {
      if (endpoint.requests === 0 && endpoint.state.kind === "active") continue;
      if (count >= maxEndpointSeries) return;
      count += 1;
      yield { group, endpoint };
    }
  }
}
