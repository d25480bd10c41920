import { latencyBucket, latencyBucketCount } from "./latency-buckets.ts";

/** What a gateway counted of one revision of one API. The revision tells before from after, whatever clocks say. */
export type WatchCount = {
  apiId: string;
  revision: number;
  requests: number;
  failures: number;
  /** Requests by duration, as latency-buckets.ts has them. */
  latency: number[];
};

/**
 * Whether a guarded publish takes an answer for a failure: what 400 and above says, except who may call (401, 403) and how
 * often (429), which a change may mean to refuse.
 */
export function isWatchedFailure(status: number): boolean {
  return status >= 400 && status !== 401 && status !== 403 && status !== 429;
}

export function emptyWatchCount(apiId: string, revision: number): WatchCount {
  return { apiId, revision, requests: 0, failures: 0, latency: Array.from({ length: latencyBucketCount }, () => 0) };
}

/** Counts one answered request. */
export function countWatched(count: WatchCount, status: number, durationMs: number): void {
  const bucket = latencyBucket(durationMs);
  count.requests += 1;
  if (isWatchedFailure(status)) count.failures += 1;
  count.latency[bucket] = (count.latency[bucket] ?? 0) + 1;
}

/** Adds what another one counted of the same. */
export function addWatchCount(sum: WatchCount, more: Omit<WatchCount, "apiId" | "revision">): void {
  sum.requests += more.requests;
  sum.failures += more.failures;
  for (const [bucket, count] of more.latency.entries()) sum.latency[bucket] = (sum.latency[bucket] ?? 0) + count;
}
