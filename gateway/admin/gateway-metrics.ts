import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { EndpointRuntime } from "../endpoints/endpoint-runtime.ts";
import type { GroupRuntime } from "../endpoints/group-runtime.ts";
import type { MetricValues } from "../proxy/traffic-metrics.ts";

const stateNumbers = { active: 0, timeout: 1, suspended: 2, off: 3 } as const;

/** Endpoints that get a line of their own in `fairlead_endpoint_state`; those that matter come first. */
const maxEndpointSeries = 2_000;

/** The gateway's Prometheus metrics: those of the whole process, and the sum of what its workers count. */
export class GatewayMetrics {
  readonly #registry = new Registry();
  readonly #revision = new Gauge({
    name: "fairlead_config_revision",
    help: "Revision of the configuration being served.",
    registers: [this.#registry],
  });
  readonly #reloadErrors = new Counter({
    name: "fairlead_config_reload_errors_total",
    help: "Configurations or single APIs that could not be taken over.",
    registers: [this.#registry],
  });
  readonly #healthChecks = new Counter({
    name: "fairlead_health_checks_total",
    help: "Active health checks, by result: success, wrong-status, timeout or error.",
    labelNames: ["result"],
    registers: [this.#registry],
  });

  constructor(listGroups: () => Iterable<GroupRuntime>) {
    collectDefaultMetrics({ register: this.#registry });
    new Gauge({
      name: "fairlead_endpoint_state",
      help: "State of endpoints that were called or are not active: 0 active, 1 timeout, 2 suspended, 3 off.",
      labelNames: ["api", "key_type", "endpoint"],
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const { group, endpoint, state } of notableEndpoints(listGroups())) {
          const labels = { api: group.apiId, key_type: group.keyType, endpoint: endpoint.id };
          this.set(labels, stateNumbers[state]);
        }
      },
    });
  }

  /** For metrics that others count. */
  get registry(): Registry {
    return this.#registry;
  }

  setRevision(revision: number): void {
    this.#revision.set(revision);
  }

  countReloadErrors(count: number): void {
    this.#reloadErrors.inc(count);
  }

  countHealthCheck(result: string): void {
    this.#healthChecks.inc({ result });
  }

  /** In the Prometheus text format. */
  async text(ofWorkers: readonly MetricValues[]): Promise<string> {
    const sum = await AggregatorRegistry.aggregate([...ofWorkers]).metrics();
    return `${sum}\n${await this.#registry.metrics()}`;
  }

  get contentType(): string {
    return this.#registry.contentType;
  }
}

function* notableEndpoints(
  groups: Iterable<GroupRuntime>,
): Generator<{ group: GroupRuntime; endpoint: EndpointRuntime; state: keyof typeof stateNumbers }> {
  let count = 0;
  for (const group of groups) {
    for (const endpoint of group.endpoints) {
      const state = endpoint.state.kind;
      if (endpoint.requests === 0 && state === "active") continue;
      if (count >= maxEndpointSeries) return;
      count += 1;
      yield { group, endpoint, state };
    }
  }
}
