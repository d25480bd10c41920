import type { SnapshotApi } from "../../lib/model/snapshot.ts";
import type { RateLimits } from "../limits/rate-limits.ts";

/** What an API's runtime settings say, prepared for requests: what is not set costs them a comparison at most. */
export type ServingRules = {
  /** Longest body of a request, octets; Infinity: as long as they come. */
  maxRequestBodyBytes: number;
  /** Undefined: nothing is limited. */
  rateLimits: RateLimits | undefined;
};

export function servingRules({ runtime }: SnapshotApi, rateLimits: RateLimits | undefined): ServingRules {
  return { maxRequestBodyBytes: runtime?.maxRequestBodyBytes ?? Number.POSITIVE_INFINITY, rateLimits };
}
