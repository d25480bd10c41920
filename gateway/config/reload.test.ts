import { pino } from "pino";
import { describe, expect, it } from "vitest";
import type { Snapshot, SnapshotChanges } from "../../lib/model/snapshot.ts";
import { PlaceLedger } from "../endpoints/endpoint-places.ts";
import { EndpointRegistry } from "../endpoints/registry.ts";
import { apiWith } from "../testing/api-with.ts";
import { Configuration } from "./configuration.ts";
import { type ConfigurationSource, Reloader } from "./reload.ts";

const silent = pino({ level: "silent" });

function reloaderOver(source: Partial<ConfigurationSource>, now: () => number = () => 0) {
  const ledger = new PlaceLedger();
  const configuration = new Configuration(new EndpointRegistry(ledger), ledger, async () => undefined);
  const applied: number[] = [];
  const errors: number[] = [];
  const failures: (string | undefined)[] = [];
  const whole: ConfigurationSource = {
    loadSnapshot: async () => ({ revision: 1, apis: [], refused: [] }),
    loadChanges: async (since) => ({ revision: since, upserts: [], removedIds: [], refused: [] }),
    ...source,
  };
  const hooks = {
    onApplied: (revision: number) => applied.push(revision),
    onErrors: (count: number) => errors.push(count),
    onLoaded: (failure: string | undefined) => failures.push(failure),
  };
  return { configuration, applied, errors, failures, reloader: new Reloader(whole, configuration, hooks, silent, now) };
}

const api = (id: string, revision: number) =>
  apiWith({ id, context: `/${id}`, revision, production: ["http://127.0.0.1:1"] });
const changes = (revision: number, ...ids: string[]): SnapshotChanges => ({
  revision,
  upserts: ids.map((id) => api(id, revision)),
  removedIds: [],
  refused: [],
});

describe("Reloader", () => {
  it("reads everything first and only changes after that", async () => {
    const asked: number[] = [];
    const { reloader, applied, configuration } = reloaderOver({
      loadSnapshot: async () => ({ revision: 7, apis: [api("a", 7)], refused: [] }),
      loadChanges: async (since) => {
        asked.push(since);
        return changes(since + 1, "b");
      },
    });
    await reloader.reload();
    await reloader.reload();
    expect([applied, asked, configuration.revision]).toEqual([[7, 8], [7], 8]);
    expect(configuration.apis.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("says why nothing could be loaded, until something is", async () => {
    let isAway = true;
    const { reloader, failures } = reloaderOver({
      loadSnapshot: async () => {
        if (isAway) throw new Error("the database is away");
        return { revision: 1, apis: [], refused: [] };
      },
    });
    await reloader.reload();
    isAway = false;
    await reloader.reload();
    expect(failures).toEqual(["the database is away", undefined]);
  });

  it("has one load under way at most, and one more for all who asked meanwhile", async () => {
    let running = 0;
    let most = 0;
    let loads = 0;
    const load = async () => {
      loads += 1;
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running -= 1;
      return { revision: loads, apis: [], refused: [] } satisfies Snapshot;
    };
    const { reloader } = reloaderOver({
      loadSnapshot: load,
      loadChanges: async () => ({ ...(await load()), upserts: [], removedIds: [] }),
    });
    const results = await Promise.all(Array.from({ length: 100 }, () => reloader.reload()));
    expect([loads, most, results.every(Boolean)]).toEqual([2, 1, true]);
  });

  it("does not forget who asked while a load was failing", async () => {
    let loads = 0;
    const { reloader, applied, errors } = reloaderOver({
      loadSnapshot: async () => {
        loads += 1;
        await new Promise((resolve) => setTimeout(resolve, 10));
        if (loads === 1) throw new Error("the database is away");
        return { revision: 5, apis: [], refused: [] };
      },
    });
    const first = reloader.reload();
    const second = reloader.reload();
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect([applied, errors]).toEqual([[5], [1]]);
  });

  it("leaves everything as it is when a load fails, and says so", async () => {
    let isAway = false;
    const { reloader, configuration, errors } = reloaderOver({
      loadSnapshot: async () => ({ revision: 3, apis: [api("a", 3)], refused: [] }),
      loadChanges: async () => {
        if (isAway) throw new Error("the database is away");
        return changes(4, "b");
      },
    });
    await reloader.reload();
    isAway = true;
    expect(await reloader.reload()).toBe(false);
    expect([configuration.revision, configuration.apis.length, errors]).toEqual([3, 1, [1]]);
    isAway = false;
    expect(await reloader.reload()).toBe(true);
    expect(configuration.revision).toBe(4);
  });

  it("reads everything anew when the database is behind, as after a restore", async () => {
    let revision = 50;
    const { reloader, configuration } = reloaderOver({
      loadSnapshot: async () => ({ revision, apis: [api(`r${revision}`, revision)], refused: [] }),
      loadChanges: async () => changes(revision),
    });
    await reloader.reload();
    revision = 20;
    await reloader.reload();
    expect(configuration.revision).toBe(20);
    expect(configuration.apis.map(({ id }) => id)).toEqual(["r20"]);
  });

  it("reads everything anew after hours without the database", async () => {
    let now = 0;
    let snapshots = 0;
    const { reloader } = reloaderOver(
      {
        loadSnapshot: async () => {
          snapshots += 1;
          return { revision: 1, apis: [], refused: [] };
        },
      },
      () => now,
    );
    const snapshotsAfter = async (ms: number) => {
      now += ms;
      await reloader.reload();
      return snapshots;
    };
    const hour = 60 * 60_000;
    expect([await snapshotsAfter(0), await snapshotsAfter(3 * hour), await snapshotsAfter(4 * hour)]).toEqual([
      1, 1, 1,
    ]);
    expect(await snapshotsAfter(4 * hour + 1)).toBe(2);
  });

  it("says nothing when nothing changed", async () => {
    const { reloader, applied } = reloaderOver({});
    await reloader.reload();
    await reloader.reload();
    expect(applied).toEqual([1]);
  });
});
