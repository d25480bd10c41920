import { type KeyType, keyTypes } from "../../lib/model/endpoint-config.ts";
import { findEndpointGroup } from "../../lib/model/endpoint-group.ts";
import type { SnapshotApi } from "../../lib/model/snapshot.ts";
import { SharedSlots, type Slot } from "../memory/shared-slots.ts";

/** Numbers of the slots in which a group and its endpoints keep what all threads share. */
export type GroupPlaces = { group: number; endpoints: Readonly<Record<string, number>> };
export type ApiPlaces = Partial<Record<KeyType, GroupPlaces>>;

/** Where the groups of an API live in shared memory. */
export type EndpointPlaces = {
  /** Number of this thread, as locks know it. */
  readonly thread: number;
  /** Whether this thread decides: it alone moves rotations and positions when configurations change. */
  readonly decides: boolean;
  placesOf(api: SnapshotApi): ApiPlaces;
  slot(number: number): Slot;
  /** The API is gone. */
  forget(apiId: string): void;
};

/** A slot that was given up may still be written to by requests under way, which end long before this, ms. */
const quarantineMs = 120_000;

type Place = { slot: number; url: string };
type Owned = { group: number; endpoints: Map<string, Place> };

/**
 * Hands slots out. An endpoint keeps its slot, and so its state, for as long as its id and URL stay; one with a new URL
 * begins anew in another slot.
 */
export class PlaceLedger implements EndpointPlaces {
  readonly thread = 1;
  readonly decides = true;
  readonly slots: SharedSlots;
  readonly #now: () => number;
  readonly #owned = new Map<string, Partial<Record<KeyType, Owned>>>();
  readonly #free: number[] = [];
  readonly #resting: { slot: number; until: number }[] = [];
  #next = 0;

  /** @param now ms of a monotonic clock */
  constructor(now: () => number = () => 0, slots = new SharedSlots()) {
    this.#now = now;
    this.slots = slots;
  }

  placesOf(api: SnapshotApi): ApiPlaces {
    const owned = this.#owned.get(api.id) ?? {};
    const next: Partial<Record<KeyType, Owned>> = {};
    const places: ApiPlaces = {};
    for (const keyType of keyTypes) {
      const settings = api.endpointConfig ? findEndpointGroup(api.endpointConfig, keyType) : undefined;
      const before = owned[keyType];
      if (!settings) {
        if (before) this.#giveUp(before);
        continue;
      }
      const kept = this.#keep(before, settings.tiers.flat());
      next[keyType] = kept;
      const endpoints = Object.fromEntries([...kept.endpoints].map(([id, place]) => [id, place.slot]));
      places[keyType] = { group: kept.group, endpoints };
    }
    this.#owned.set(api.id, next);
    return places;
  }

  slot(number: number): Slot {
    return this.slots.slot(number);
  }

  forget(apiId: string): void {
    for (const owned of Object.values(this.#owned.get(apiId) ?? {})) this.#giveUp(owned);
    this.#owned.delete(apiId);
  }

  #keep(before: Owned | undefined, endpoints: readonly { id: string; url: string }[]): Owned {
    const next: Owned = { group: before?.group ?? this.take(), endpoints: new Map() };
    for (const { id, url } of endpoints) {
      const kept = before?.endpoints.get(id);
      next.endpoints.set(id, kept?.url === url ? kept : { slot: this.take(), url });
    }
    for (const [id, place] of before?.endpoints ?? []) {
      if (next.endpoints.get(id) !== place) this.#rest(place.slot);
    }
    return next;
  }

  #giveUp(owned: Owned): void {
    this.#rest(owned.group);
    for (const { slot } of owned.endpoints.values()) this.#rest(slot);
  }

  #rest(slot: number): void {
    this.#resting.push({ slot, until: this.#now() + quarantineMs });
  }

  /** A slot of zeros. */
  take(): number {
    while (this.#resting[0] && this.#resting[0].until <= this.#now()) {
      const rested = this.#resting.shift();
      if (rested) this.#free.push(rested.slot);
    }
    const free = this.#free.pop();
    if (free !== undefined) {
      this.slots.clear(free);
      return free;
    }
    if (this.#next === this.slots.count) this.slots.grow();
    this.#next += 1;
    return this.#next - 1;
  }
}

/** The places that the deciding thread has told this one. */
export class FollowedPlaces implements EndpointPlaces {
  readonly thread: number;
  readonly decides = false;
  readonly slots: SharedSlots;
  readonly #places = new Map<string, ApiPlaces>();

  constructor(thread: number, slots: SharedSlots) {
    this.thread = thread;
    this.slots = slots;
  }

  learn(apiId: string, places: ApiPlaces): void {
    this.#places.set(apiId, places);
  }

  placesOf(api: SnapshotApi): ApiPlaces {
    const places = this.#places.get(api.id);
    if (!places) throw new Error(`Nobody has said where the endpoints of ${api.id} are.`);
    return places;
  }

  slot(number: number): Slot {
    return this.slots.slot(number);
  }

  forget(apiId: string): void {
    this.#places.delete(apiId);
  }
}
