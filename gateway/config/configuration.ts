import type { RefusedApi, Snapshot, SnapshotApi, SnapshotChanges } from "../../lib/model/snapshot.ts";
import type { PlaceLedger } from "../endpoints/endpoint-places.ts";
import type { ApiGroups, EndpointRegistry } from "../endpoints/registry.ts";
import { LimitLedger } from "../limits/limit-ledger.ts";
import { apiUpdate, type ConfigurationUpdate } from "../workers/configuration-update.ts";

/** APIs that workers take over at once: ten thousand would hold their requests up. */
const batchSize = 200;

/**
 * What this gateway serves: takes snapshots and changes over and passes them on to the workers, one at a time. It shows
 * what every worker serves. An API whose stored document is refused stays as it was served last, if it was.
 */
export class Configuration {
  readonly #registry: EndpointRegistry;
  readonly #ledger: PlaceLedger;
  readonly #limits: LimitLedger;
  readonly #spread: (update: ConfigurationUpdate) => Promise<void>;
  readonly #apis = new Map<string, SnapshotApi>();
  readonly #refused = new Map<string, RefusedApi>();
  #revision: number | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** @param spread resolves when every worker serves the update */
  constructor(
    registry: EndpointRegistry,
    ledger: PlaceLedger,
    spread: (update: ConfigurationUpdate) => Promise<void>,
    limits = new LimitLedger(),
  ) {
    this.#registry = registry;
    this.#ledger = ledger;
    this.#limits = limits;
    this.#spread = spread;
  }

  /** Revision being served; undefined before the first one. */
  get revision(): number | undefined {
    return this.#revision;
  }

  get refused(): RefusedApi[] {
    return [...this.#refused.values()];
  }

  get size(): number {
    return this.#apis.size;
  }

  get apis(): SnapshotApi[] {
    return [...this.#apis.values()];
  }

  /** One API, while it is served. */
  findApi(id: string): SnapshotApi | undefined {
    return this.#apis.get(id);
  }

  /** The groups of one API, with the state they have. */
  groupsOf(apiId: string): ApiGroups | undefined {
    return this.#registry.find(apiId);
  }

  /** Replaces everything. APIs that are not in the snapshot are gone. */
  replace(snapshot: Snapshot): Promise<void> {
    return this.#oneByOne(() => this.#replace(snapshot));
  }

  /** Serves a snapshot if nothing has been served so far; whether it does. */
  begin(snapshot: Snapshot): Promise<boolean> {
    return this.#oneByOne(async () => {
      if (this.#revision !== undefined) return false;
      await this.#replace(snapshot);
      return true;
    });
  }

  /** Takes over what changed; every other API is left alone. */
  change(changes: SnapshotChanges): Promise<void> {
    return this.#oneByOne(async () => {
      for (const id of changes.removedIds) this.#refused.delete(id);
      await this.#apply(changes.upserts, changes.removedIds, changes.refused);
      this.#revision = changes.revision;
    });
  }

  /** Runs a task while nothing changes, with updates that make up everything that is served. */
  withCurrent(task: (updates: readonly ConfigurationUpdate[]) => Promise<void>): Promise<void> {
    return this.#oneByOne(() => task(this.#batches(this.apis, []).map((batch) => batch.update())));
  }

  async #replace(snapshot: Snapshot): Promise<void> {
    const stays = new Set([...snapshot.apis, ...snapshot.refused].map((api) => api.id));
    const removedIds = [...this.#apis.keys()].filter((id) => !stays.has(id));
    this.#refused.clear();
    await this.#apply(snapshot.apis, removedIds, snapshot.refused);
    this.#revision = snapshot.revision;
  }

  async #apply(
    upserts: readonly SnapshotApi[],
    removedIds: readonly string[],
    refused: readonly RefusedApi[],
  ): Promise<void> {
    for (const id of removedIds) {
      this.#registry.remove(id);
      this.#limits.forget(id);
    }
    for (const { apis, update } of this.#batches(upserts, removedIds)) {
      for (const api of apis) this.#registry.put(api);
      await this.#spread(update());
    }
    for (const id of removedIds) this.#apis.delete(id);
    for (const api of upserts) {
      this.#apis.set(api.id, api);
      this.#refused.delete(api.id);
    }
    for (const api of refused) this.#refused.set(api.id, api);
  }

  /** Removals go first; places and segments are those of the moment in which the update is made. */
  #batches(
    upserts: readonly SnapshotApi[],
    removedIds: readonly string[],
  ): { apis: readonly SnapshotApi[]; update: () => ConfigurationUpdate }[] {
    const count = Math.max(1, Math.ceil(upserts.length / batchSize));
    return Array.from({ length: count }, (_, index) => {
      const apis = upserts.slice(index * batchSize, (index + 1) * batchSize);
      const update = () => ({
        segments: this.#ledger.slots.buffers,
        upserts: apis.map((api) => apiUpdate(api, this.#registry.placesOf(api.id), this.#limits.memoryOf(api))),
        removedIds: index === 0 ? removedIds : [],
      });
      return { apis, update };
    });
  }

  #oneByOne<Value>(task: () => Promise<Value>): Promise<Value> {
    const next = this.#last.then(task);
    this.#last = next.catch(() => undefined);
    return next;
  }
}
