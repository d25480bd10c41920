import type { RefusedApi, Snapshot, SnapshotApi, SnapshotChanges } from "../../lib/model/snapshot.ts";
import type { ApiGroups, EndpointRegistry } from "../endpoints/registry.ts";
import type { GatewayApi } from "../routing/gateway-api.ts";
import type { RoutingTable } from "../routing/routing-table.ts";

/**
 * What this gateway serves: takes snapshots and changes over, one API at a time, without a moment in which a request
 * finds neither the old nor the new. An API whose stored document is refused stays as it was served last, if it was.
 */
export class Configuration {
  readonly #table: RoutingTable<GatewayApi>;
  readonly #registry: EndpointRegistry;
  readonly #refused = new Map<string, RefusedApi>();
  #revision: number | undefined;

  constructor(table: RoutingTable<GatewayApi>, registry: EndpointRegistry) {
    this.#table = table;
    this.#registry = registry;
  }

  /** Revision being served; undefined before the first one. */
  get revision(): number | undefined {
    return this.#revision;
  }

  get refused(): RefusedApi[] {
    return [...this.#refused.values()];
  }

  get size(): number {
    return this.#table.size;
  }

  get apis(): SnapshotApi[] {
    return this.#table.routes().map((route) => route.api);
  }

  /** One API, while it is served. */
  findApi(id: string): SnapshotApi | undefined {
    return this.#table.find(id)?.api;
  }

  /** The groups of one API, with the state they have. */
  groupsOf(apiId: string): ApiGroups | undefined {
    return this.#registry.find(apiId);
  }

  /** Replaces everything. APIs that are not in the snapshot are gone. */
  replace(snapshot: Snapshot): void {
    const stays = new Set([...snapshot.apis, ...snapshot.refused].map((api) => api.id));
    for (const { id } of this.#table.routes()) if (!stays.has(id)) this.#remove(id);
    this.#refused.clear();
    this.#apply(snapshot.apis, snapshot.refused);
    this.#revision = snapshot.revision;
  }

  /** Takes over what changed; every other API is left alone. */
  change(changes: SnapshotChanges): void {
    for (const id of changes.removedIds) this.#remove(id);
    this.#apply(changes.upserts, changes.refused);
    this.#revision = changes.revision;
  }

  #apply(apis: readonly SnapshotApi[], refused: readonly RefusedApi[]): void {
    for (const api of apis) {
      const { id, context, version, isDefaultVersion } = api;
      this.#table.put({ id, context, version, isDefaultVersion, api, groups: this.#registry.put(api) });
      this.#refused.delete(api.id);
    }
    for (const api of refused) this.#refused.set(api.id, api);
  }

  #remove(id: string): void {
    this.#table.remove(id);
    this.#registry.remove(id);
    this.#refused.delete(id);
  }
}
