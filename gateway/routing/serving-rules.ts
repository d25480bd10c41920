import type { SnapshotApi } from "../../lib/model/snapshot.ts";
import type { RateLimits } from "../limits/rate-limits.ts";
import { OperationRules } from "../operations/operation-rules.ts";

/** What an API's runtime settings say, prepared for requests: what is not set costs them a comparison at most. */
export type ServingRules = {
  /** Longest body of a request, octets; Infinity: as long as they come. */
  maxRequestBodyBytes: number;
  /** Undefined: nothing is limited. */
  rateLimits: RateLimits | undefined;
  /** Undefined: operations change nothing. */
  operations: OperationRules | undefined;
};

export function servingRules(api: SnapshotApi, rateLimits: RateLimits | undefined): ServingRules {
  return {
    maxRequestBodyBytes: api.runtime?.maxRequestBodyBytes ?? Number.POSITIVE_INFINITY,
    rateLimits,
    operations: OperationRules.of(api),
  };
}
