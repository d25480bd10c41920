import type { SnapshotApi } from "../../lib/model/snapshot.ts";

/** What an API's runtime settings say, prepared for requests: what is not set costs them a comparison at most. */
export type ServingRules = {
  /** Longest body of a request, octets; Infinity: as long as they come. */
  maxRequestBodyBytes: number;
};

export function servingRules({ runtime }: SnapshotApi): ServingRules {
  return { maxRequestBodyBytes: runtime?.maxRequestBodyBytes ?? Number.POSITIVE_INFINITY };
}
