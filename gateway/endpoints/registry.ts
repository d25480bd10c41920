import { type KeyType, keyTypes } from "../../lib/model/endpoint-config.ts";
import { findEndpointGroup } from "../../lib/model/endpoint-group.ts";
import type { EndpointSwitch, SwitchPosition } from "../../lib/model/endpoint-switch.ts";
import type { SnapshotApi } from "../../lib/model/snapshot.ts";
import type { EndpointTlsStore } from "../certificates/endpoint-tls.ts";
import type { CredentialsStore } from "../credentials/credentials-store.ts";
import { type ApiPlaces, type EndpointPlaces, PlaceLedger } from "./endpoint-places.ts";
import type { EndpointRuntime } from "./endpoint-runtime.ts";
import { GroupRuntime, type StateListener } from "./group-runtime.ts";

/** The groups of one API at this gateway. */
export type ApiGroups = Partial<Record<KeyType, GroupRuntime>>;

export type RegistryHooks = {
  /** Endpoints that requests may still be at, but that nothing new goes to. */
  onRemoved?: (endpoints: readonly EndpointRuntime[]) => void;
  onStateChanged?: StateListener;
  /** Where endpoints get from what their certificates say; absent: nowhere. */
  tls?: EndpointTlsStore;
  /** Where endpoints get from what is shown to them; absent: nowhere. */
  credentials?: CredentialsStore;
};

type Entry = { groups: ApiGroups; places: ApiPlaces; switches: readonly EndpointSwitch[]; isSecured: boolean };

/**
 * Everything about endpoints that outlives a configuration: who is suspended, whose turn it is, what was counted.
 * Configurations come and go; a group stays as long as its API has it.
 */
export class EndpointRegistry {
  readonly #entries = new Map<string, Entry>();
  /** APIs whose endpoints are checked, or were at some time. */
  readonly #checkedIds = new Set<string>();
  readonly #places: EndpointPlaces;
  readonly #now: () => number;
  readonly #hooks: RegistryHooks;

  /** @param now ms of the monotonic clock */
  constructor(places: EndpointPlaces = new PlaceLedger(), now: () => number = () => 0, hooks: RegistryHooks = {}) {
    this.#places = places;
    this.#now = now;
    this.#hooks = hooks;
  }

  /** Takes over one API's configuration; other APIs are not touched. */
  put(api: SnapshotApi): ApiGroups {
    const existing = this.#entries.get(api.id);
    const places = this.#places.placesOf(api);
    const groups: ApiGroups = {};
    const known = new Set(Object.values(existing?.groups ?? {}).flatMap(({ endpoints }) => endpoints));
    for (const keyType of keyTypes) {
      const settings = api.endpointConfig ? findEndpointGroup(api.endpointConfig, keyType) : undefined;
      const at = places[keyType];
      const kept = existing?.groups[keyType];
      if (!settings || !at) {
        if (kept) this.#hooks.onRemoved?.(kept.endpoints);
        continue;
      }
      const group = kept ?? new GroupRuntime(api, keyType, settings, this.#places, at);
      group.onStateChanged = this.#hooks.onStateChanged;
      groups[keyType] = group;
      const removed = kept?.reconfigure(settings, at) ?? [];
      if (removed.length > 0) this.#hooks.onRemoved?.(removed);
    }
    if (this.#places.decides) this.#turnSwitches(groups, known, existing?.switches ?? [], api.switches);
    const isSecured = api.certificates !== undefined || api.endpointConfig?.extra !== undefined;
    if (isSecured || existing?.isSecured) this.#secure(api, groups);
    this.#entries.set(api.id, { groups, places, switches: api.switches, isSecured });
    if (Object.values(groups).some(({ settings }) => settings.healthCheck)) this.#checkedIds.add(api.id);
    return groups;
  }

  /** Forgets an API. Requests that are under way keep the group they hold. */
  remove(apiId: string): void {
    const entry = this.#entries.get(apiId);
    if (!entry) return;
    this.#hooks.onRemoved?.(Object.values(entry.groups).flatMap(({ endpoints }) => endpoints));
    this.#entries.delete(apiId);
    this.#checkedIds.delete(apiId);
    this.#places.forget(apiId);
  }

  /** Every group there is. */
  *groups(): Generator<GroupRuntime> {
    for (const { groups } of this.#entries.values()) yield* Object.values(groups);
  }

  /** Those of APIs whose endpoints are checked actively, or were: most are not, and need not be gone through. */
  *checkedGroups(): Generator<GroupRuntime> {
    for (const id of this.#checkedIds) yield* Object.values(this.#entries.get(id)?.groups ?? {});
  }

  find(apiId: string): ApiGroups | undefined {
    return this.#entries.get(apiId)?.groups;
  }

  /** Number of this thread, as locks know it. */
  get thread(): number {
    return this.#places.thread;
  }

  /** Where an API's endpoints are, for other threads. */
  placesOf(apiId: string): ApiPlaces {
    return this.#entries.get(apiId)?.places ?? {};
  }

  #secure(api: SnapshotApi, groups: ApiGroups): void {
    for (const group of Object.values(groups)) {
      const credentials = this.#hooks.credentials?.for(api, group.keyType);
      for (const endpoint of group.endpoints) {
        endpoint.credentials = credentials;
        const tls = this.#hooks.tls?.for(api.certificates ?? [], endpoint.target);
        if (tls === endpoint.tls) continue;
        endpoint.tls = tls;
        if (this.#places.decides) endpoint.forgetFailures();
      }
    }
  }

  /** Moves what was moved since the last configuration: what this gateway was told itself meanwhile stays. */
  #turnSwitches(
    groups: ApiGroups,
    known: ReadonlySet<EndpointRuntime>,
    before: readonly EndpointSwitch[],
    after: readonly EndpointSwitch[],
  ): void {
    for (const group of Object.values(groups)) {
      for (const endpoint of group.endpoints) {
        const position = positionIn(after, group.keyType, endpoint.id);
        const was = known.has(endpoint) ? positionIn(before, group.keyType, endpoint.id) : "on";
        if (position !== was) endpoint.setPosition(position, this.#now());
      }
    }
  }
}

function positionIn(switches: readonly EndpointSwitch[], keyType: KeyType, endpointId: string): SwitchPosition {
  return switches.find((one) => one.keyType === keyType && one.endpointId === endpointId)?.position ?? "on";
}
