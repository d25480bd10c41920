import { z } from "zod";
import type { DecisionRecord } from "./decision-record.ts";
import { type KeyType, keyTypes } from "./endpoint-config.ts";
import { latencyBucket, latencyBucketCount } from "./latency-buckets.ts";

/** What a gateway counted at one endpoint of an API: requests whose last attempt was there, and how many of those failed. */
export type EndpointCount = { keyType: KeyType; endpointId: string; requests: number; failures: number };

/** What a gateway counted of one API. `latency` is by duration, as latency-buckets.ts has it. */
export type ApiCount = {
  apiId: string;
  requests: number;
  /** Answers of 400 to 499, with those whose client left first. */
  clientErrors: number;
  /** Answers of 500 and above: the endpoint's own, and the gateway's for it. */
  serverErrors: number;
  latency: number[];
  endpoints: EndpointCount[];
};

/** How an endpoint is, as far as its changes are told. */
export const tellableStates = ["active", "timeout", "suspended", "down"] as const;
export type TellableState = (typeof tellableStates)[number];

/** An endpoint changed its state at a gateway. */
export type StateChange = {
  apiId: string;
  keyType: KeyType;
  endpointId: string;
  from: TellableState;
  to: TellableState;
  /** Error code that led to it, if one did. */
  code: number | null;
  /** ms since the epoch, by the gateway's clock. */
  atMs: number;
};

/** What a gateway counted since it was last asked. */
export type Counted = { counts: ApiCount[]; changes: StateChange[] };

/** Failed requests of one API that are kept, the newest, and for how many days. */
export const keptFailures = { perApi: 100, days: 7 } as const;

/** What there is to write down since a gateway was last asked: what it counted, and requests that failed, oldest first. */
export type StatisticsTaken = Counted & { failures: DecisionRecord[] };

export function emptyApiCount(apiId: string): ApiCount {
  const latency = Array.from({ length: latencyBucketCount }, () => 0);
  return { apiId, requests: 0, clientErrors: 0, serverErrors: 0, latency, endpoints: [] };
}

/** Counts an answer; a tunnel (101) lasts as long as its client likes, so its duration says nothing. */
export function countAnswer(count: ApiCount, status: number, durationMs: number): void {
  count.requests += 1;
  if (status >= 500) count.serverErrors += 1;
  else if (status >= 400) count.clientErrors += 1;
  if (status === 101) return;
  const bucket = latencyBucket(durationMs);
  count.latency[bucket] = (count.latency[bucket] ?? 0) + 1;
}

/** Counts an answer at the endpoint that was tried last. */
export function countAtEndpoint(count: ApiCount, keyType: KeyType, endpointId: string, status: number): void {
  let at = count.endpoints.find((one) => one.endpointId === endpointId && one.keyType === keyType);
  if (!at) {
    at = { keyType, endpointId, requests: 0, failures: 0 };
    count.endpoints.push(at);
  }
  at.requests += 1;
  if (status >= 500) at.failures += 1;
}

/** Adds what another one counted of the same API. */
export function addApiCount(sum: ApiCount, more: ApiCount): void {
  sum.requests += more.requests;
  sum.clientErrors += more.clientErrors;
  sum.serverErrors += more.serverErrors;
  for (const [bucket, count] of more.latency.entries()) sum.latency[bucket] = (sum.latency[bucket] ?? 0) + count;
  for (const endpoint of more.endpoints) {
    const same = sum.endpoints.find(
      ({ endpointId, keyType }) => endpointId === endpoint.endpointId && keyType === endpoint.keyType,
    );
    if (same) {
      same.requests += endpoint.requests;
      same.failures += endpoint.failures;
    } else sum.endpoints.push({ ...endpoint });
  }
}

export const statisticsWindows = ["hour", "day"] as const;
/** How far statistics look back: an hour by minutes, or a day by quarters of an hour. */
export type StatisticsWindow = (typeof statisticsWindows)[number];

/** Seconds of one point, and how many points there are. */
export const windowSteps = {
  hour: { stepSeconds: 60, points: 60 },
  day: { stepSeconds: 900, points: 96 },
} as const satisfies Record<StatisticsWindow, { stepSeconds: number; points: number }>;

const count = z.number().int().nonnegative();
const milliseconds = z.number().nonnegative().nullable();

/** Requests of a time, and how long they took; durations are null while there were none, and right to about a tenth. */
const figuresShape = {
  requests: count,
  clientErrors: count,
  serverErrors: count,
  p50Ms: milliseconds,
  p95Ms: milliseconds,
  p99Ms: milliseconds,
};

/** What all gateways counted of an API. */
export const apiStatisticsSchema = z.strictObject({
  window: z.enum(statisticsWindows),
  stepSeconds: z.number().int().positive(),
  /** Oldest first, without a gap. `at` is where a point begins, by the clock of the database. */
  points: z.array(z.strictObject({ at: z.iso.datetime(), ...figuresShape })),
  total: z.strictObject(figuresShape),
  /** Share of each endpoint, the busiest first. `url` is null for one that the API has no more. */
  endpoints: z.array(
    z.strictObject({
      keyType: z.enum(keyTypes),
      endpointId: z.string(),
      url: z.string().nullable(),
      requests: count,
      failures: count,
    }),
  ),
  /** The last changes of endpoints' states, the newest first. */
  changes: z.array(
    z.strictObject({
      at: z.iso.datetime(),
      gateway: z.string(),
      keyType: z.enum(keyTypes),
      endpointId: z.string(),
      url: z.string().nullable(),
      from: z.enum(tellableStates),
      to: z.enum(tellableStates),
      code: z.number().int().nullable(),
    }),
  ),
});
export type ApiStatistics = z.infer<typeof apiStatisticsSchema>;

/** How an API is doing, at a glance. */
export type ApiHealth = {
  /** Of the last hour. */
  requests: number;
  serverErrors: number;
  /** Requests of each twelfth of the hour, the oldest first. */
  twelfths: number[];
  /** Endpoints that are not ready, at the gateway where most are. */
  unreadyEndpoints: number;
  /** How many endpoints there are; 0 where all are ready and nobody counted. */
  endpoints: number;
};
