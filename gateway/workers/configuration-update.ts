import type { SnapshotApi } from "../../lib/model/snapshot.ts";
import type { ApiPlaces } from "../endpoints/endpoint-places.ts";
import type { LimitMemory } from "../limits/limit-ledger.ts";

/** An API on its way to a worker: what routes need, and the rest as text that is read when the first request comes. */
export type ApiUpdate = Pick<SnapshotApi, "id" | "context" | "version" | "isDefaultVersion"> & {
  /** The {@link SnapshotApi} as JSON. */
  document: string;
  /** Where its endpoints are. */
  places: ApiPlaces;
  /** Where its limits count; undefined: it has none. */
  limits: LimitMemory | undefined;
};

/** What changes at every worker. It crosses threads: plain data and shared memory only. */
export type ConfigurationUpdate = {
  /** Every segment of the endpoints' memory, in order; workers add those they do not know. */
  segments: readonly SharedArrayBuffer[];
  upserts: readonly ApiUpdate[];
  removedIds: readonly string[];
};

export function apiUpdate(api: SnapshotApi, places: ApiPlaces, limits?: LimitMemory): ApiUpdate {
  const { id, context, version, isDefaultVersion } = api;
  return { id, context, version, isDefaultVersion, document: JSON.stringify(api), places, limits };
}
