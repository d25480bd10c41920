const firstMs = 500;
const longestMs = 30_000;

/** Waiting time before restart number `failures` (from 1) in a row: doubles, and stays bounded. */
export function restartDelayMs(failures: number): number {
  return Math.min(firstMs * 2 ** (failures - 1), longestMs);
}

/** What ran longer than this counts as having worked: the next failure is the first one again. */
export const stableAfterMs = 30_000;
