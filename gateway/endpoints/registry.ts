import { type KeyType, keyTypes } from "../../lib/model/endpoint-config.ts";
import { findEndpointGroup } from "../../lib/model/endpoint-group.ts";
import type { SnapshotApi } from "../../lib/model/snapshot.ts";
import { GroupRuntime } from "./group-runtime.ts";

/** The groups of one API at this gateway. */
export type ApiGroups = Partial<Record<KeyType, GroupRuntime>>;

/**
 * Everything about endpoints that outlives a configuration: who is suspended, whose turn it is, what was counted.
 * Configurations come and go; a group stays as long as its API has it.
 */
export class EndpointRegistry {
  readonly #groups = new Map<string, ApiGroups>();

  /** Takes over one API's configuration; other APIs are not touched. */
  put(api: SnapshotApi): ApiGroups {
    const existing = this.#groups.get(api.id) ?? {};
    const next: ApiGroups = {};
    for (const keyType of keyTypes) {
      const settings = api.endpointConfig ? findEndpointGroup(api.endpointConfig, keyType) : undefined;
      if (!settings) continue;
      const kept = existing[keyType];
      if (kept) kept.reconfigure(settings);
      next[keyType] = kept ?? new GroupRuntime(api, keyType, settings);
    }
    this.#groups.set(api.id, next);
    return next;
  }

  /** Forgets an API. Requests that are under way keep the group they hold. */
  remove(apiId: string): void {
    this.#groups.delete(apiId);
  }

  /** Every group there is. */
  *groups(): Generator<GroupRuntime> {
    for (const groups of this.#groups.values()) yield* Object.values(groups);
  }

  find(apiId: string): ApiGroups | undefined {
    return this.#groups.get(apiId);
  }
}
