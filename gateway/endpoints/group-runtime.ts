import type { Endpoint, KeyType } from "../../lib/model/endpoint-config.ts";
import type { EndpointGroup } from "../../lib/model/endpoint-group.ts";
import { notReadyCodes } from "../../lib/model/error-code.ts";
import { EndpointRuntime } from "./endpoint-runtime.ts";
import type { Outcome } from "./outcome.ts";
import type { PassedBy } from "./passed-by.ts";
import type { Picker } from "./picker.ts";
import { inOrderPicker } from "./picker-in-order.ts";
import { roundRobinPicker } from "./picker-round-robin.ts";
import type { Refusal, Selection } from "./selection.ts";

export type { Refusal, Selection } from "./selection.ts";

/** Told to callers of endpoints that nobody knows when to come back: they are switched off. ms. */
const retryAfterWhenOffMs = 30_000;

/**
 * The endpoints that serve one key type of one API, with the state they have at this gateway. A request asks {@link pick}
 * for an endpoint and tells {@link settle} what came of it, once for every selection; nothing else changes the state.
 */
export class GroupRuntime {
  readonly apiId: string;
  readonly keyType: KeyType;
  /** How messages name the group, as upstream does: `{api}--v{version}_API{production|sandbox}Endpoint`. */
  readonly name: string;
  #settings: EndpointGroup;
  #endpoints: readonly EndpointRuntime[];
  #picker: Picker;

  constructor(api: { id: string; name: string; version: string }, keyType: KeyType, settings: EndpointGroup) {
    this.apiId = api.id;
    this.keyType = keyType;
    this.name = `${api.name}--v${api.version}_API${keyType}Endpoint`;
    this.#settings = settings;
    this.#endpoints = membersOf(settings).map((endpoint) => new EndpointRuntime(endpoint));
    this.#picker = pickerFor(settings);
  }

  get settings(): EndpointGroup {
    return this.#settings;
  }

  /** In list order; the primary of a failover group first. */
  get endpoints(): readonly EndpointRuntime[] {
    return this.#endpoints;
  }

  get kind(): EndpointGroup["kind"] {
    return this.settings.kind;
  }

  /** Whether a failed request may be tried at another endpoint at all. */
  get mayFailOver(): boolean {
    return this.settings.mayFailOver;
  }

  get session(): EndpointGroup["session"] {
    return this.settings.session;
  }

  findEndpoint(id: string): EndpointRuntime | undefined {
    return this.endpoints.find((endpoint) => endpoint.id === id);
  }

  /**
   * Chooses the endpoint for a request's next attempt. A session's endpoint does not move the rotation; an endpoint that
   * has left the group binds nobody.
   *
   * @param tried ids of endpoints this request has tried: never chosen again
   * @param boundEndpointId the endpoint a session is bound to
   * @param now ms of the monotonic clock
   * @param passedBy gets every member that was looked at and not taken, in the order they were looked at
   */
  pick(
    tried: ReadonlySet<string>,
    boundEndpointId: string | undefined,
    now: number,
    passedBy?: PassedBy[],
  ): Selection | Refusal {
    const bound = boundEndpointId === undefined ? undefined : this.findEndpoint(boundEndpointId);
    if (bound && !tried.has(bound.id)) {
      // Without failover the session has nowhere else to go, so it does not wait for another request's probe.
      const mayTry = this.mayFailOver ? this.#mayTry(bound, tried, now) : bound.isReady(now);
      if (mayTry) return bound.begin(true, now);
      passedBy?.push(reasonToPassBy(bound, tried, now));
      if (!this.mayFailOver) return refuse(notReadyCodes.session, [bound], now);
    }
    const picked = this.#picker.pick(this.#endpoints, (endpoint) => {
      if (this.#mayTry(endpoint, tried, now)) return true;
      passedBy?.push(reasonToPassBy(endpoint, tried, now));
      return false;
    });
    if (picked) return picked.begin(false, now);
    return refuse(this.kind === "single" ? notReadyCodes.endpoint : notReadyCodes.group, this.#endpoints, now);
  }

  /** Ends an attempt: its outcome counts for the endpoint if the episode it was picked in still lasts. */
  settle(selection: Selection, outcome: Outcome, now: number): void {
    selection.endpoint.end(selection, outcome, now);
  }

  /**
   * Takes over a new configuration of the same group. An endpoint keeps state and statistics as long as its id and URL
   * stay; the rotation stays where it is.
   */
  reconfigure(settings: EndpointGroup): void {
    const previous = new Map(this.#endpoints.map((endpoint) => [endpoint.id, endpoint]));
    const next = membersOf(settings).map((endpoint) => {
      const kept = previous.get(endpoint.id);
      if (kept?.url !== endpoint.url) return new EndpointRuntime(endpoint);
      kept.applySettings(endpoint);
      return kept;
    });
    if (settings.kind === this.#settings.kind) this.#picker.onEndpointsChanged(this.#endpoints, next);
    else this.#picker = pickerFor(settings);
    this.#endpoints = next;
    this.#settings = settings;
  }

  /** Ready and untried; passed by while another request probes it and this one has another endpoint to go to. */
  #mayTry(endpoint: EndpointRuntime, tried: ReadonlySet<string>, now: number): boolean {
    if (tried.has(endpoint.id) || !endpoint.isReady(now)) return false;
    if (!endpoint.isBeingProbed(now)) return true;
    return !this.#endpoints.some((other) => !tried.has(other.id) && other.isReady(now) && !other.isBeingProbed(now));
  }
}

function reasonToPassBy({ id, state }: EndpointRuntime, tried: ReadonlySet<string>, now: number): PassedBy {
  if (tried.has(id)) return { endpointId: id, reason: "tried" };
  if (state.kind === "off") return { endpointId: id, reason: "off" };
  // One that may be tried again, and is not, is being tried by another request.
  if (state.kind === "active" || now >= state.nextRetry) return { endpointId: id, reason: "being-probed" };
  return { endpointId: id, reason: state.kind, untilMs: state.nextRetry };
}

function refuse(code: Refusal["code"], endpoints: readonly EndpointRuntime[], now: number): Refusal {
  const waits = endpoints.flatMap(({ state }) => {
    if (state.kind === "off") return [];
    return [state.kind === "active" ? 0 : Math.max(0, state.nextRetry - now)];
  });
  return { kind: "refusal", code, retryAfterMs: waits.length > 0 ? Math.min(...waits) : retryAfterWhenOffMs };
}

function membersOf(settings: EndpointGroup): readonly Endpoint[] {
  return settings.tiers.flat();
}

function pickerFor(settings: EndpointGroup): Picker {
  switch (settings.kind) {
    case "load-balance":
      return roundRobinPicker();
    case "single":
    case "failover":
      return inOrderPicker();
  }
}
