import { operationKey } from "../../lib/model/operation.ts";
import type { SnapshotApi } from "../../lib/model/snapshot.ts";
import { consumerMemory, releaseConsumers } from "./consumer-windows.ts";
import { releaseWindow, windowMemory } from "./sliding-window.ts";

/**
 * Where the limits of an API count, in memory that all threads share: of the API, of its keys by their ids, and of its
 * operations by method and path.
 */
export type LimitMemory = {
  api?: SharedArrayBuffer;
  /** Of all consumers that tokens name. */
  consumers?: SharedArrayBuffer;
  keys: Readonly<Record<string, SharedArrayBuffer>>;
  operations: Readonly<Record<string, SharedArrayBuffer>>;
};

type Place = { windowMs: number; memory: SharedArrayBuffer };

/** Ids of keys have no spaces, and no operation begins with one. */
const consumersName = " consumers";

/**
 * Hands out what limits count in, half a kibibyte each. What was counted outlasts every reload, for as long as the API or
 * key is limited at all and its window is as long as it was.
 */
export class LimitLedger {
  readonly #places = new Map<string, Map<string, Place>>();

  /** Undefined: nothing of the API is limited. */
  memoryOf(api: SnapshotApi): LimitMemory | undefined {
    const before = this.#places.get(api.id);
    const next = new Map<string, Place>();
    const placeFor = (name: string, windowMs: number, make = windowMemory): SharedArrayBuffer => {
      const kept = before?.get(name);
      const place = kept?.windowMs === windowMs ? kept : { windowMs, memory: make() };
      next.set(name, place);
      return place.memory;
    };
    const keys: Record<string, SharedArrayBuffer> = {};
    const whole = api.rateLimit && placeFor("", api.rateLimit.windowMs);
    for (const { id, rateLimit } of api.keys) if (rateLimit) keys[id] = placeFor(id, rateLimit.windowMs);
    const consumers = api.consumerRateLimit && placeFor(consumersName, api.consumerRateLimit.windowMs, consumerMemory);
    const operations: Record<string, SharedArrayBuffer> = {};
    for (const operation of api.operations ?? []) {
      const name = operationKey(operation);
      if (operation.rateLimit) operations[name] = placeFor(name, operation.rateLimit.windowMs);
    }
    if (next.size === 0) {
      this.#places.delete(api.id);
      return undefined;
    }
    this.#places.set(api.id, next);
    return { ...(whole && { api: whole }), ...(consumers && { consumers }), keys, operations };
  }

  /** The API is gone. */
  forget(apiId: string): void {
    this.#places.delete(apiId);
  }

  /** Frees what a thread held that is gone. */
  releaseThread(thread: number): void {
    for (const places of this.#places.values()) {
      for (const [name, { memory }] of places) {
        if (name === consumersName) releaseConsumers(memory, thread);
        else releaseWindow(memory, thread);
      }
    }
  }
}
