import type { KeyType } from "../../lib/model/endpoint-config.ts";
import type { EndpointGroup } from "../../lib/model/endpoint-group.ts";
import { notReadyCodes } from "../../lib/model/error-code.ts";
import type { EndpointCredentials } from "../credentials/endpoint-credentials.ts";
import { SharedLock } from "../memory/shared-lock.ts";
import type { Slot } from "../memory/shared-slots.ts";
import type { EndpointPlaces, GroupPlaces } from "./endpoint-places.ts";
import { EndpointRuntime } from "./endpoint-runtime.ts";
import type { EndpointState } from "./endpoint-state.ts";
import type { Outcome } from "./outcome.ts";
import type { PassedBy } from "./passed-by.ts";
import { type Pointer, Rotation } from "./rotation.ts";
import type { Refusal, Selection } from "./selection.ts";

export type { Refusal, Selection } from "./selection.ts";

/** Told to callers of endpoints that nobody knows when to come back: they are switched off. ms. */
const retryAfterWhenOffMs = 30_000;

/** Places in the group's slot: the lock, and a pointer for each tier of several endpoints. */
const lockAt = 0;
const pointersAt = 1;

export type StateListener = (
  group: GroupRuntime,
  endpoint: EndpointRuntime,
  before: EndpointState["kind"],
  outcome: Outcome,
) => void;

/**
 * The endpoints that serve one key type of one API, with the state they have at this gateway, which all of its threads
 * share. A request asks {@link pick} for an endpoint and tells {@link settle} what came of it, once for every selection.
 */
export class GroupRuntime {
  readonly apiId: string;
  readonly keyType: KeyType;
  /** How messages name the group, as upstream does: `{api}--v{version}_API{production|sandbox}Endpoint`. */
  readonly name: string;
  /** Told of an endpoint whose state an attempt of this thread changed, and of the state that it was in. */
  onStateChanged: StateListener | undefined;
  readonly #places: EndpointPlaces;
  readonly #slot: Slot;
  readonly #lock: SharedLock;
  #settings: EndpointGroup;
  #endpoints: readonly EndpointRuntime[] = [];
  #rotations: readonly Rotation[] = [];
  #hasTls = false;

  constructor(
    api: { id: string; name: string; version: string },
    keyType: KeyType,
    settings: EndpointGroup,
    places: EndpointPlaces,
    at: GroupPlaces,
  ) {
    this.apiId = api.id;
    this.keyType = keyType;
    this.name = `${api.name}--v${api.version}_API${keyType}Endpoint`;
    this.#places = places;
    this.#slot = places.slot(at.group);
    this.#lock = new SharedLock(this.#slot.ints, this.#slot.int + lockAt, places.thread);
    this.#settings = settings;
    this.#build(settings, at);
  }

  get settings(): EndpointGroup {
    return this.#settings;
  }

  /** In list order; the primary of a failover group first. */
  get endpoints(): readonly EndpointRuntime[] {
    return this.#endpoints;
  }

  get kind(): EndpointGroup["kind"] {
    return this.#settings.kind;
  }

  /** Whether a failed request may be tried at another endpoint at all. */
  get mayFailOver(): boolean {
    return this.#settings.mayFailOver;
  }

  get session(): EndpointGroup["session"] {
    return this.#settings.session;
  }

  /** Whether one of the endpoints is reached over TLS. */
  get hasTls(): boolean {
    return this.#hasTls;
  }

  /** What requests show to the endpoints, which is the same at all of them; undefined: nothing. */
  get credentials(): EndpointCredentials | undefined {
    return this.#endpoints[0]?.credentials;
  }

  findEndpoint(id: string): EndpointRuntime | undefined {
    return this.#endpoints.find((endpoint) => endpoint.id === id);
  }

  findEndpointByTag(tag: number): EndpointRuntime | undefined {
    return this.#endpoints.find((endpoint) => endpoint.tag === tag);
  }

  /**
   * Chooses the endpoint for a request's next attempt. A session's endpoint does not move the rotation; an endpoint that
   * has left the group binds nobody.
   *
   * @param tried ids of endpoints this request has tried: never chosen again
   * @param boundEndpointId the endpoint a session is bound to
   * @param now ms of the monotonic clock
   * @param passedBy is told of members that were looked at and not taken
   */
  pick(
    tried: ReadonlySet<string>,
    boundEndpointId: string | undefined,
    now: number,
    passedBy?: PassedBy[],
  ): Selection | Refusal {
    this.#lock.acquire();
    try {
      return this.#pick(tried, boundEndpointId, now, passedBy);
    } finally {
      this.#lock.release();
    }
  }

  /** Ends an attempt: its outcome counts for the endpoint if the episode it was picked in still lasts. */
  settle(selection: Selection, outcome: Outcome, now: number): void {
    let before: EndpointState["kind"] | undefined;
    this.#lock.acquire();
    try {
      before = selection.endpoint.end(selection, outcome, now);
    } finally {
      this.#lock.release();
    }
    if (before !== undefined) this.onStateChanged?.(this, selection.endpoint, before, outcome);
  }

  /**
   * Takes over a new configuration of the same group. An endpoint keeps state and statistics as long as its id and URL
   * stay; the rotation stays where it is. Endpoints that are gone are returned.
   */
  reconfigure(settings: EndpointGroup, at: GroupPlaces): EndpointRuntime[] {
    const before = this.#endpoints;
    this.#settings = settings;
    this.#build(settings, at);
    return before.filter((endpoint) => !this.#endpoints.includes(endpoint));
  }

  /** Frees what a thread held that is gone. */
  releaseThread(thread: number): void {
    this.#lock.releaseOf(thread);
    for (const endpoint of this.#endpoints) endpoint.forgetInFlight();
  }

  #build(settings: EndpointGroup, at: GroupPlaces): void {
    const before = this.#rotations;
    const kept = new Map(this.#endpoints.map((endpoint) => [endpoint.id, endpoint]));
    const tiers = settings.tiers.map((tier) =>
      tier.map((endpoint) => {
        const existing = kept.get(endpoint.id);
        if (existing?.url === endpoint.url) {
          existing.applySettings(endpoint, settings.slowStartMs);
          return existing;
        }
        const slot = at.endpoints[endpoint.id];
        if (slot === undefined) throw new Error(`Nobody has said where the endpoint ${endpoint.id} is.`);
        return new EndpointRuntime(endpoint, settings.slowStartMs, this.#places.slot(slot), this.#lock);
      }),
    );
    let rotating = 0;
    this.#endpoints = tiers.flat();
    this.#hasTls = this.#endpoints.some(({ url }) => /^\s*https:/i.test(url));
    this.#rotations = tiers.map((tier) => new Rotation(tier, tier.length > 1 ? this.#pointer(rotating++) : noPointer));
    if (this.#places.decides && before.length > 0) this.#continue(before);
  }

  #continue(before: readonly Rotation[]): void {
    this.#lock.acquire();
    try {
      const several = (rotation: Rotation) => rotation.endpoints.length > 1;
      const previous = before.filter(several);
      for (const [index, rotation] of this.#rotations.filter(several).entries()) {
        const [first] = before;
        const ancestor = previous[index] ?? first;
        if (ancestor) rotation.continueFrom(ancestor);
      }
    } finally {
      this.#lock.release();
    }
  }

  #pointer(index: number): Pointer {
    const { ints, int } = this.#slot;
    const place = int + pointersAt + index;
    return {
      read: () => ints[place] ?? 0,
      write: (value) => {
        ints[place] = value;
      },
    };
  }

  #pick(
    tried: ReadonlySet<string>,
    boundEndpointId: string | undefined,
    now: number,
    passedBy: PassedBy[] | undefined,
  ): Selection | Refusal {
    const bound = boundEndpointId === undefined ? undefined : this.findEndpoint(boundEndpointId);
    if (bound && !tried.has(bound.id)) {
      if (!this.#obstructs(bound, tried, true, now, passedBy)) return bound.begin(true, now);
      if (!this.mayFailOver) return refuse(notReadyCodes.session, [bound], this.#settings, now);
    }
    const obstructs = (endpoint: EndpointRuntime) =>
      (endpoint !== bound && this.#obstructs(endpoint, tried, false, now, passedBy)) ||
      (endpoint === bound && this.#obstructs(endpoint, tried, false, now, undefined));
    const onWarming = ({ id: endpointId }: EndpointRuntime) => passedBy?.push({ endpointId, reason: "warming-up" });
    for (const rotation of this.#rotations) {
      const picked = rotation.pick(obstructs, onWarming, now);
      if (picked) return picked.begin(false, now);
    }
    const code = this.kind === "single" ? notReadyCodes.endpoint : notReadyCodes.group;
    return refuse(code, this.#endpoints, this.#settings, now);
  }

  /** Whether the request has to go by; an endpoint that another one probes is tried all the same if there is no other. */
  #obstructs(
    endpoint: EndpointRuntime,
    tried: ReadonlySet<string>,
    viaSession: boolean,
    now: number,
    passedBy: PassedBy[] | undefined,
  ): boolean {
    if (tried.has(endpoint.id)) {
      passedBy?.push({ endpointId: endpoint.id, reason: "tried" });
      return true;
    }
    const obstacle = endpoint.obstacle(viaSession, now);
    if (obstacle !== undefined) {
      const until = endpoint.obstacleUntil;
      passedBy?.push({ endpointId: endpoint.id, reason: obstacle, ...(until === undefined ? {} : { untilMs: until }) });
      return true;
    }
    if (!endpoint.isBeingProbed(now)) return false;
    // Without failover the session has nowhere else to go, so it does not wait for another request's probe.
    if (viaSession && !this.mayFailOver) return false;
    const hasOther = this.#endpoints.some(
      (other) => !tried.has(other.id) && other.obstacle(false, now) === undefined && !other.isBeingProbed(now),
    );
    if (hasOther) passedBy?.push({ endpointId: endpoint.id, reason: "being-probed" });
    return hasOther;
  }
}

/** One endpoint needs nobody to remember whose turn it is. */
const noPointer: Pointer = { read: () => 0, write: () => undefined };

function refuse(
  code: Refusal["code"],
  endpoints: readonly EndpointRuntime[],
  settings: EndpointGroup,
  now: number,
): Refusal {
  const waits = endpoints.flatMap((endpoint) => {
    switch (endpoint.obstacle(false, now)) {
      case "off":
      case "draining":
        return [];
      case "found-down":
        return [settings.healthCheck?.intervalMs ?? retryAfterWhenOffMs];
      default:
        return [Math.max(0, (endpoint.obstacleUntil ?? now) - now)];
    }
  });
  return { kind: "refusal", code, retryAfterMs: waits.length > 0 ? Math.min(...waits) : retryAfterWhenOffMs };
}
