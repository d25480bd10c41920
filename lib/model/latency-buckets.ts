/** Upper bounds grow by this factor, so a percentile is known to about a tenth. */
const growth = 2 ** 0.25;

/** How many buckets there are: from 1 ms to about a minute; the last one takes everything longer. */
export const latencyBucketCount = 64;

/** The bucket of a duration. */
export function latencyBucket(durationMs: number): number {
  if (durationMs < 1) return 0;
  return Math.min(latencyBucketCount - 1, Math.max(1, Math.ceil(Math.log(durationMs) / Math.log(growth))));
}

/** The longest duration of a bucket, ms. */
function upperBoundMs(bucket: number): number {
  return growth ** bucket;
}

/** The duration that a share of the counted requests did not exceed, ms; undefined when none were counted. */
export function latencyPercentile(buckets: readonly number[], share: number): number | undefined {
  const total = buckets.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  let left = total * share;
  for (const [bucket, count] of buckets.entries()) {
    if (count > 0 && left <= count) {
      const from = bucket === 0 ? 0 : upperBoundMs(bucket - 1);
      return from + (upperBoundMs(bucket) - from) * (left / count);
    }
    left -= count;
  }
  return upperBoundMs(latencyBucketCount - 1);
}
