import { PlaceLedger } from "../endpoints/endpoint-places.ts";
import { retriesOf } from "../endpoints/endpoint-state.ts";
import type { GroupRuntime } from "../endpoints/group-runtime.ts";
import { EndpointRegistry } from "../endpoints/registry.ts";
import { SessionManager } from "../endpoints/sessions/session-manager.ts";
import { SessionStore } from "../endpoints/sessions/session-store.ts";
import { afterCheck, freshHealth, type HealthState, type HealthThresholds } from "../health/health-state.ts";
import type { Behaviour, CheckFinding, ClientRequest, Given } from "./case.ts";
import { ClientCookies } from "./client-cookies.ts";
import type { CaseWorld, Driver, Fared } from "./driver.ts";
import { givenApi } from "./given-api.ts";
import { MachineExchange } from "./machine-exchange.ts";
import { machineOutcome } from "./machine-outcome.ts";

const apiId = "machine";
const wallClockStart = Date.UTC(2026, 0, 1);

/** Runs cases on the parts of the gateway that decide, with a clock that goes when a case says so. No sockets. */
export function machineDriver(): Driver {
  return {
    name: "machine",
    open: async (given) => new MachineWorld(given),
    close: async () => undefined,
  };
}

class MachineWorld implements CaseWorld {
  #now = 1_000_000;
  readonly #registry = new EndpointRegistry(new PlaceLedger(() => this.#now), () => this.#now);
  readonly #sessions = new SessionManager(SessionStore.create(1_000), "a secret of this installation");
  readonly #health = new Map<string, HealthState>();
  readonly #behaviours = new Map<string, Behaviour>();
  readonly #cookies = new ClientCookies();
  readonly #begun = new Map<string, { exchange: MachineExchange; client: string | undefined }>();
  #group: GroupRuntime;

  constructor(given: Given) {
    this.#group = this.#configure(given);
  }

  pass(ms: number): void {
    this.#now += ms;
  }

  async reload(given: Given): Promise<void> {
    this.#group = this.#configure(given);
  }

  async setBehaviour(endpointId: string, behaviour: Behaviour): Promise<void> {
    this.#behaviours.set(endpointId, behaviour);
  }

  async check(endpointId: string, finding: CheckFinding): Promise<void> {
    const thresholds = this.#group.settings.healthCheck;
    if (!thresholds) throw new Error("a group that is checked says how");
    for (const result of resultsOf(finding, thresholds)) {
      const before = this.#health.get(endpointId) ?? freshHealth;
      const after = afterCheck(before, result === "succeeds", thresholds);
      this.#health.set(endpointId, after);
      if (after.kind === before.kind) continue;
      if (after.kind === "down") this.#endpoint(endpointId).markDown();
      if (after.kind === "up") this.#endpoint(endpointId).markUp(this.#now);
    }
  }

  async send(request: ClientRequest): Promise<Fared> {
    return this.#complete(this.#open(request), request.client);
  }

  async begin(name: string, request: ClientRequest): Promise<string> {
    const exchange = this.#open(request);
    this.#begun.set(name, { exchange, client: request.client });
    return exchange.selection?.endpoint.id ?? exchange.fared?.way ?? "";
  }

  async finish(name: string, as: Behaviour | "client-leaves"): Promise<Fared> {
    const begun = this.#begun.get(name);
    if (!begun) throw new Error(`no request ${name} has begun`);
    if (as === "client-leaves") begun.exchange.leave();
    else begun.exchange.end(machineOutcome(as));
    return this.#complete(begun.exchange, begun.client);
  }

  now(): number {
    return this.#now;
  }

  view(endpointId: string) {
    const endpoint = this.#endpoint(endpointId);
    const view = endpoint.view(this.#now);
    return { ...view, id: endpointId, retriesLeft: retriesOf(view.state, endpoint.policy) };
  }

  /** Whatever a case has done, no attempt stays open. */
  async close(): Promise<void> {
    for (const { exchange } of this.#begun.values()) if (exchange.selection) exchange.leave();
    const open = this.#group.endpoints.filter(({ inFlight }) => inFlight > 0);
    if (open.length > 0) throw new Error(`attempts at ${open.map(({ id }) => id)} have not ended`);
  }

  #configure(given: Given): GroupRuntime {
    const api = givenApi(apiId, given, (backend) => `http://${backend.toLowerCase()}.example:9000/`);
    const { production } = this.#registry.put(api);
    if (!production) throw new Error("a case has production endpoints");
    return production;
  }

  #endpoint(id: string) {
    const endpoint = this.#group.findEndpoint(id);
    if (!endpoint) throw new Error(`the group has no endpoint ${id}`);
    return endpoint;
  }

  #open(request: ClientRequest): MachineExchange {
    const around = {
      group: this.#group,
      sessions: this.#sessions,
      now: () => this.#now,
      wallClock: () => wallClockStart + this.#now,
    };
    return new MachineExchange(around, request, this.#cookies.fieldOf(request.client, request.headers?.Cookie));
  }

  #complete(exchange: MachineExchange, client: string | undefined): Fared {
    while (exchange.selection) {
      const { id } = exchange.selection.endpoint;
      exchange.end(machineOutcome(this.#behaviours.get(id) ?? "answers"));
    }
    this.#cookies.keep(client, exchange.setCookies);
    if (!exchange.fared) throw new Error("a request ends with an answer");
    return exchange.fared;
  }
}

/** Results of checks that come to a finding. */
function resultsOf(finding: CheckFinding, { rise, fall }: HealthThresholds): readonly ("fails" | "succeeds")[] {
  if (finding === "down") return Array.from({ length: fall }, () => "fails" as const);
  if (finding === "up") return Array.from({ length: rise }, () => "succeeds" as const);
  return finding;
}
