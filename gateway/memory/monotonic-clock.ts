/**
 * ms of the machine's monotonic clock, the same in every thread. `performance.now()` alone counts from the start of its
 * thread, and `process.hrtime()` allocates with every call.
 */
export function monotonicClock(): () => number {
  const offsetMs = Number(process.hrtime.bigint()) / 1e6 - performance.now();
  return () => performance.now() + offsetMs;
}
