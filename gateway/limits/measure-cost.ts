/**
 * What rate limits cost, run by hand: `node gateway/limits/measure-cost.ts`. Measured is the processor time of counting a
 * request at the limits of an API, its key and its operation, and of the fields that its answer gets, at 5,000 requests a
 * second by a clock that is turned here. Set it beside the processor time of a request in docs/performance.md: the
 * bench compares APIs with and without limits, and cannot tell a hundredth.
 */
import type { RateLimit, SnapshotApi, SnapshotOperation } from "../../lib/model/snapshot.ts";
import { apiWith } from "../testing/api-with.ts";
import { LimitLedger } from "./limit-ledger.ts";
import { RateLimits } from "./rate-limits.ts";

const warmUp = 500_000;
const requests = 2_000_000;
const loops = 7;
const millisecondsEach = 0.2;

const rateLimit: RateLimit = { tier: "Gold", requests: 1_000_000, windowMs: 60_000 };
const operation: SnapshotOperation = { method: "GET", path: "/*", secured: true, rateLimit };
const key = { id: "k", hash: "0".repeat(64), keyType: "production", expiresAtMs: null, rateLimit } as const;
const production = ["http://a.test"];
const apis: Record<string, SnapshotApi> = {
  "the API's limit": apiWith({ production, rateLimit }),
  "those of API and key": apiWith({ production, rateLimit, keys: [key] }),
  "those of API, key and operation": apiWith({ production, rateLimit, keys: [key], operations: [operation] }),
};

for (const [name, api] of Object.entries(apis)) {
  const limits = RateLimits.of(api, new LimitLedger().memoryOf(api), 1);
  if (!limits) throw new Error("the API has limits");
  console.log(`${name}: ${medianNanos(limits, api.operations?.[0]).toFixed(0)} ns a request`);
}

/** Of several loops, ns of processor time for each request. */
function medianNanos(limits: RateLimits, own: SnapshotOperation | undefined): number {
  let now = 0;
  let octets = 0;
  const count = (times: number): number => {
    const since = process.cpuUsage();
    for (let request = 0; request < times; request += 1) {
      now += millisecondsEach;
      const [policyName, policy, name, items] =
        limits.check({ keyId: key.id, consumer: undefined }, now, own)?.fields ?? [];
      octets += Buffer.byteLength(`${policyName}: ${policy}\r\n${name}: ${items}\r\n`, "latin1");
    }
    const { user, system } = process.cpuUsage(since);
    return ((user + system) * 1_000) / times;
  };
  count(warmUp);
  const nanos = Array.from({ length: loops }, () => count(requests)).sort((one, other) => one - other);
  if (octets === 0) throw new Error("nothing was told");
  return nanos[Math.floor(loops / 2)] ?? Number.NaN;
}
