import type { SnapshotApi } from "../../lib/model/snapshot.ts";
import type { ApiPlaces } from "../endpoints/endpoint-places.ts";

/** What changes at every worker. It crosses threads: plain data and shared memory only. */
export type ConfigurationUpdate = {
  /** Every segment of the endpoints' memory, in order; workers add those they do not know. */
  segments: readonly SharedArrayBuffer[];
  /** Where the endpoints of the APIs in `upserts` are. */
  places: Readonly<Record<string, ApiPlaces>>;
  upserts: readonly SnapshotApi[];
  removedIds: readonly string[];
};
