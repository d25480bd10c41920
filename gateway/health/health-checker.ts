import type { Logger } from "pino";
import type { StateChange } from "../../lib/model/api-statistics.ts";
import { EndpointCheck } from "./endpoint-check.ts";
import { HealthAgents, type HealthResult, requestHealth } from "./health-request.ts";
import type { CheckedGroup, HealthTarget } from "./health-target.ts";

export type HealthCheckerOptions = {
  /** ms of the monotonic clock. */
  now: () => number;
  /** From 0 to below 1. */
  random: () => number;
  /** Told of every check that has ended. */
  onChecked: (result: Exclude<HealthResult["kind"], "void">) => void;
  /** Told of every endpoint that was found down, or up again. */
  onFound?: (found: Pick<StateChange, "apiId" | "keyType" | "endpointId" | "from" | "to">) => void;
  log: Logger;
  maxInFlight?: number;
};

/** Most checks under way at once, however many endpoints there are: checks must not crowd out traffic. */
const defaultMaxInFlight = 200;

/**
 * Checks the endpoints of groups that ask for it, and marks them down and up. Owns timers and connections. Checks that are
 * due while too many are under way wait for their turn.
 */
export class HealthChecker {
  readonly #options: HealthCheckerOptions;
  readonly #agents = new HealthAgents();
  readonly #checks = new Map<HealthTarget, EndpointCheck>();
  /** In the order in which they became due. */
  readonly #due = new Set<EndpointCheck>();
  #inFlight = 0;

  constructor(options: HealthCheckerOptions) {
    this.#options = options;
  }

  /** Endpoints that are checked. */
  get size(): number {
    return this.#checks.size;
  }

  /** Takes over a configuration: these are all groups with checks, now or before. Checks of what stayed the same go on. */
  update(groups: Iterable<CheckedGroup>): void {
    const gone = new Set(this.#checks.keys());
    for (const group of groups) {
      for (const endpoint of group.endpoints) {
        gone.delete(endpoint);
        this.#put(group, endpoint);
      }
    }
    for (const endpoint of gone) this.#remove(endpoint);
  }

  close(): void {
    for (const endpoint of [...this.#checks.keys()]) this.#remove(endpoint);
    this.#agents.close();
  }

  #put(group: CheckedGroup, endpoint: HealthTarget): void {
    const existing = this.#checks.get(endpoint);
    const { healthCheck } = group.settings;
    if (healthCheck) {
      if (existing) existing.apply(healthCheck);
      else this.#checks.set(endpoint, this.#checkOf(group, endpoint, healthCheck));
    } else if (existing) {
      this.#remove(endpoint);
      // Nobody would ever find it up again.
      if (existing.isDown) endpoint.markUp(this.#options.now());
    }
  }

  #checkOf(
    group: CheckedGroup,
    endpoint: HealthTarget,
    settings: NonNullable<CheckedGroup["settings"]["healthCheck"]>,
  ): EndpointCheck {
    return new EndpointCheck(group, endpoint, settings, this.#options.random, (check) => {
      this.#due.add(check);
      this.#runDue();
    });
  }

  #remove(endpoint: HealthTarget): void {
    const check = this.#checks.get(endpoint);
    if (!check) return;
    this.#checks.delete(endpoint);
    this.#due.delete(check);
    check.stop();
  }

  #runDue(): void {
    for (const check of this.#due) {
      if (this.#inFlight >= (this.#options.maxInFlight ?? defaultMaxInFlight)) return;
      this.#due.delete(check);
      void this.#run(check);
    }
  }

  async #run(check: EndpointCheck): Promise<void> {
    const { now, onChecked } = this.#options;
    const startedAt = now();
    this.#inFlight += 1;
    const result = await requestHealth(check.endpoint, check.settings, this.#agents, check.start());
    this.#inFlight -= 1;
    if (result.kind !== "void") onChecked(result.kind);
    if (this.#checks.get(check.endpoint) === check) this.#conclude(check, result, now() - startedAt);
    this.#runDue();
  }

  #conclude(check: EndpointCheck, result: HealthResult, tookMs: number): void {
    const { now, log, onFound } = this.#options;
    const { endpoint } = check;
    const { apiId, keyType } = check.group;
    const wasDown = check.isDown;
    const found = check.ended(result, tookMs);
    const facts = { api: check.group.apiId, keyType: check.group.keyType, endpoint: endpoint.id };
    if (found === "down") {
      endpoint.markDown(now());
      onFound?.({ apiId, keyType, endpointId: endpoint.id, from: "active", to: "down" });
      log.warn({ ...facts, result }, "endpoint found down");
    }
    if (found === "up") {
      // One that was only doubted may have been suspended by the traffic that met the same outage.
      endpoint.markUp(now());
      if (!wasDown) return;
      onFound?.({ apiId, keyType, endpointId: endpoint.id, from: "down", to: "active" });
      log.info(facts, "endpoint found up");
    }
  }
}
