import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordStatistics } from "../../db/record-statistics.ts";
import type { Api } from "../../model/api.ts";
import {
  countAnswer,
  countAtEndpoint,
  emptyApiCount,
  type StateChange,
  type StatisticsTaken,
} from "../../model/api-statistics.ts";
import { latencyBucket, latencyBucketCount, latencyPercentile } from "../../model/latency-buckets.ts";
import { createApi } from "../apis/create-api.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { getApiStatistics } from "./get-api-statistics.ts";
import { listApiHealth } from "./list-api-health.ts";
import { sweepStatistics } from "./sweep-statistics.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let bob: ServerContext;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  bob = await publisher.person("Bob");
});
afterAll(() => publisher?.close());

let counter = 0;
async function newApi(): Promise<Api> {
  counter += 1;
  const name = `Counted ${counter}`;
  return createApi(ann, { name, context: `/counted-${counter}`, version: "1", endpointUrl: "http://a.example" });
}

/** What a gateway counted: so many answers of each status, all at one endpoint. */
function batchOf(apiId: string, endpointId: string, ...statuses: number[]): StatisticsTaken & { id: string } {
  const count = emptyApiCount(apiId);
  for (const status of statuses) {
    countAnswer(count, status, 10);
    countAtEndpoint(count, "production", endpointId, status);
  }
  return { id: randomUUID(), counts: [count], changes: [], failures: [] };
}

const record = (batch: StatisticsTaken & { id: string }, gateway = "east") =>
  recordStatistics(publisher.db, gateway, batch, Date.now());

describe("statistics of an API", () => {
  it("are of every point of the window, empty ones too, while nobody has called", async () => {
    const api = await newApi();
    const hour = await getApiStatistics(ann, api.id, "hour");
    expect([hour.points.length, hour.stepSeconds, hour.total.requests, hour.total.p99Ms]).toEqual([60, 60, 0, null]);
    expect((await getApiStatistics(ann, api.id, "day")).points).toHaveLength(96);
  });

  it("add up over gateways and batches, in the hour and in the day", async () => {
    const api = await newApi();
    await record(batchOf(api.id, "gone", 200, 200, 404), "east");
    await record(batchOf(api.id, "gone", 502), "west");
    await record(batchOf(api.id, "other", 200), "east");
    for (const window of ["hour", "day"] as const) {
      const { total, points, endpoints } = await getApiStatistics(ann, api.id, window);
      expect(total).toMatchObject({ requests: 5, clientErrors: 1, serverErrors: 1 });
      expect(points.reduce((sum, { requests }) => sum + requests, 0)).toBe(5);
      expect(endpoints).toMatchObject([
        { endpointId: "gone", url: null, requests: 4, failures: 1 },
        { endpointId: "other", requests: 1, failures: 0 },
      ]);
    }
  });

  it("count a batch once that is sent again because nobody knew whether it had arrived", async () => {
    const api = await newApi();
    const batch = batchOf(api.id, "a", 200);
    batch.changes.push({
      ...{ apiId: api.id, keyType: "production", endpointId: "a", from: "active", to: "suspended", code: 101_503 },
      atMs: Date.now(),
    });
    await record(batch);
    await record(batch);
    const { total, changes } = await getApiStatistics(ann, api.id, "hour");
    expect([total.requests, changes.length]).toEqual([1, 1]);
    expect(changes[0]).toMatchObject({ gateway: "east", to: "suspended", code: 101_503 });
  });

  it("take a batch of more requests than 32 bits hold, which would be refused again and again", async () => {
    const api = await newApi();
    const batch = batchOf(api.id, "a", 200);
    const many = 3_000_000_000;
    for (const count of batch.counts) {
      Object.assign(count, { requests: many, latency: count.latency.map((requests) => requests * many) });
      for (const endpoint of count.endpoints) endpoint.requests = many;
    }
    await record(batch);
    await record({ ...batch, id: randomUUID() });
    const { total, endpoints } = await getApiStatistics(ann, api.id, "day");
    expect([total.requests, endpoints[0]?.requests]).toEqual([2 * many, 2 * many]);
    expect(total.p50Ms).toBeGreaterThan(8);
    expect((await listApiHealth(ann, [api.id])).get(api.id)?.requests).toBe(2 * many);
  });

  it("date a change by the database, however wrong a gateway's clock is", async () => {
    const api = await newApi();
    const offMs = Date.now() + 3_600_000;
    const change: StateChange = {
      ...{ apiId: api.id, keyType: "production", endpointId: "a", from: "active", to: "down", code: null },
      atMs: offMs - 1_000,
    };
    await recordStatistics(
      publisher.db,
      "ahead",
      { id: randomUUID(), counts: [], changes: [change], failures: [] },
      offMs,
    );
    const { changes } = await getApiStatistics(ann, api.id, "hour");
    const agoMs = Date.now() - new Date(changes[0]?.at ?? 0).getTime();
    expect(Math.abs(agoMs - 1_000)).toBeLessThan(2_000);
  });

  it("are told to who may see the API only", async () => {
    const api = await newApi();
    await expect(getApiStatistics(bob, api.id, "hour")).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("are forgotten when no page shows them any more", async () => {
    const api = await newApi();
    await record(batchOf(api.id, "a", 200));
    await publisher.db
      .$executeRaw`UPDATE api_statistic SET at = at - interval '3 hours' WHERE api_id = ${api.id}::uuid`;
    await sweepStatistics(publisher.db);
    const left = await publisher.db.apiStatistic.findMany({ where: { apiId: api.id }, select: { span: true } });
    expect(left).toEqual([{ span: 900 }]);
    await publisher.db.$executeRaw`UPDATE api_statistic SET at = at - interval '1 day' WHERE api_id = ${api.id}::uuid`;
    await sweepStatistics(publisher.db);
    expect(await publisher.db.apiStatistic.count({ where: { apiId: api.id } })).toBe(0);
  });

  it("say at a glance how the APIs of a list are", async () => {
    const [busy, quiet] = [await newApi(), await newApi()];
    await record(batchOf(busy.id, "a", 200, 200, 500));
    const health = await listApiHealth(ann, [busy.id, quiet.id]);
    expect(health.get(busy.id)).toMatchObject({ requests: 3, serverErrors: 1, unreadyEndpoints: 0 });
    expect(health.get(busy.id)?.twelfths.at(-1)).toBe(3);
    expect(health.get(quiet.id)).toBeUndefined();
  });
});

it("percentiles of a millisecond are told as one, not as half of it: it belongs to what is longer", () => {
  const latency = Array.from({ length: latencyBucketCount }, (_, bucket) => (bucket === latencyBucket(1) ? 1 : 0));
  expect(latencyPercentile(latency, 0.5)).toBeCloseTo(1.1, 1);
});

it("percentiles are right to a fifth, up to the longest bucket", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1, max: 50_000, noNaN: true }), { minLength: 1, maxLength: 200 }),
      (times) => {
        const latency = Array.from({ length: latencyBucketCount }, () => 0);
        for (const ms of times) latency[latencyBucket(ms)] = (latency[latencyBucket(ms)] ?? 0) + 1;
        const sorted = times.toSorted((one, other) => one - other);
        for (const share of [0.5, 0.95, 0.99]) {
          const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
          const told = latencyPercentile(latency, share) ?? 0;
          expect(told / exact).toBeGreaterThan(0.8);
          expect(told / exact).toBeLessThan(1.25);
        }
      },
    ),
  );
});
