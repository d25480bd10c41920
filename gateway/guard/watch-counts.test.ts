import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../lib/db/client.ts";
import { recordApiTraffic } from "../../lib/db/record-api-traffic.ts";
import type { WatchCount } from "../../lib/model/watch-count.ts";
import { createTestDatabase, type TestDatabase } from "../../scripts/testing/database.ts";

import { WatchCounts } from "./watch-counts.ts";
import { WatchReporter } from "./watch-reporter.ts";

const apiId = "0198f000-0000-7000-8000-000000000001";

function counted(revision: number, ...statuses: number[]): WatchCount[] {
  const counts = new WatchCounts();
  for (const status of statuses) counts.count(apiId, revision, status, 10);
  return counts.take();
}

describe("what a worker counts", () => {
  it("is told by revision, and begins anew once it is taken", () => {
    const counts = new WatchCounts();
    counts.count(apiId, 1, 200, 10);
    counts.count(apiId, 2, 502, 10);
    counts.count(apiId, 2, 200, 10);
    expect(counts.take()).toMatchObject([
      { revision: 1, requests: 1, failures: 0 },
      { revision: 2, requests: 2, failures: 1 },
    ]);
    expect(counts.take()).toEqual([]);
  });

  it("leaves out clients that left, and tunnels", () => {
    expect(counted(1, 499, 101)).toEqual([]);
  });
});

describe("what gateways counted", () => {
  let storage: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    storage = await createTestDatabase();
    db = openDatabase(storage.url);
  });
  afterAll(async () => {
    await db.$disconnect();
    await storage.drop();
  });

  const stored = () => db.apiTraffic.findMany({ orderBy: [{ gatewayId: "asc" }, { revision: "asc" }] });

  it("adds up in the database, gateway by gateway, bucket by bucket", async () => {
    await recordApiTraffic(db, "a", counted(1, 200, 200, 500));
    await recordApiTraffic(db, "a", counted(1, 200));
    await recordApiTraffic(db, "b", counted(1, 404));
    // Both of the first gateway may stand in different minutes.
    const rows = (await stored()).filter(({ gatewayId }) => gatewayId === "a");
    expect(rows.reduce((sum, { requests }) => sum + requests, 0)).toBe(4);
    expect(rows.reduce((sum, { failures }) => sum + failures, 0)).toBe(1);
    expect(rows.flatMap(({ latency }) => latency).reduce((sum, count) => sum + count, 0)).toBe(4);
  });

  it("is kept while the database is away, and written once it is back", async () => {
    const taken = [counted(7, 200), counted(7, 502), []];
    const written: WatchCount[][] = [];
    let isAway = true;
    const reporter = new WatchReporter({
      take: async () => taken.shift() ?? [],
      record: async (counts) => {
        if (isAway) throw new Error("the database is away");
        written.push([...counts]);
      },
      intervalMs: 3_600_000,
      log: pino({ level: "silent" }),
    });
    await reporter.report();
    await reporter.report();
    expect(written).toEqual([]);
    isAway = false;
    await reporter.report();
    await reporter.report();
    expect(written).toMatchObject([[{ revision: 7, requests: 2, failures: 1 }]]);
    await reporter.close();
  });
});
