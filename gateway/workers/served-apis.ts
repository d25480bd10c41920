import { type EndpointPlaces, FollowedPlaces } from "../endpoints/endpoint-places.ts";
import { EndpointRegistry, type RegistryHooks } from "../endpoints/registry.ts";
import { SharedSlots } from "../memory/shared-slots.ts";
import type { GatewayApi } from "../routing/gateway-api.ts";
import { RoutingTable } from "../routing/routing-table.ts";
import type { TokenChecks } from "../tokens/token-checks.ts";
import type { ConfigurationUpdate } from "./configuration-update.ts";
import { ServedApi } from "./served-api.ts";

/**
 * The APIs that one worker serves: routes, and groups whose state is shared with the other workers. Updates are taken
 * over one API at a time, without a moment in which a request finds neither the old nor the new.
 */
export class ServedApis {
  readonly table = new RoutingTable<GatewayApi>();
  readonly registry: EndpointRegistry;
  readonly #slots = new SharedSlots();
  readonly #places: FollowedPlaces;
  readonly #tokens: TokenChecks | undefined;

  /**
   * @param thread number of this thread, from 2 on: 1 is the one that decides
   * @param now ms of the monotonic clock
   * @param tokens how the tokens of APIs are checked
   */
  constructor(thread: EndpointPlaces["thread"], now: () => number, hooks: RegistryHooks = {}, tokens?: TokenChecks) {
    this.#tokens = tokens;
    this.#places = new FollowedPlaces(thread, this.#slots);
    this.registry = new EndpointRegistry(this.#places, now, hooks);
  }

  apply({ segments, upserts, removedIds }: ConfigurationUpdate): void {
    for (const segment of segments.slice(this.#slots.buffers.length)) this.#slots.attach(segment);
    for (const id of removedIds) {
      this.table.remove(id);
      this.registry.remove(id);
      this.#places.forget(id);
    }
    for (const update of upserts) {
      this.#places.learn(update.id, update.places);
      const served = new ServedApi(update, this.registry, this.#tokens);
      // One that has been called goes on with the states and connections that it has.
      if (this.registry.find(update.id)) served.open();
      this.table.put(served);
    }
  }
}
