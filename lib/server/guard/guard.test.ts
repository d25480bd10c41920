import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadChanges, loadSnapshot } from "../../db/load-snapshot.ts";
import { recordApiTraffic } from "../../db/record-api-traffic.ts";
import { recordGateway } from "../../db/record-gateway.ts";
import type { EndpointConfig } from "../../model/endpoint-config.ts";
import { defaultGuardSettings } from "../../model/guard.ts";
import { countWatched, emptyWatchCount } from "../../model/watch-count.ts";
import { listAuditEvents } from "../admin/list-audit-events.ts";
import { changeLifecycle } from "../apis/change-lifecycle.ts";
import { createApi } from "../apis/create-api.ts";
import { deleteApi } from "../apis/delete-api.ts";
import { getApi } from "../apis/get-api.ts";
import { listApiHistory } from "../apis/list-api-revisions.ts";
import { updateApi } from "../apis/update-api.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { checkWatches } from "./check-watches.ts";
import { dismissWatch, keepWatchedChange } from "./end-watch.ts";
import { findGuardWatch, listGuardWatches } from "./list-guard-watches.ts";
import { setApiGuard } from "./set-api-guard.ts";
import { sweepWatches } from "./watch-traffic.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let bob: ServerContext;
let admin: ServerContext;
let count = 0;

const gateways = ["gateway-a", "gateway-b"];

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  bob = await publisher.person("Bob");
  admin = await publisher.person("Ada", "admin");
  for (const id of gateways) await report(id);
});
afterAll(() => publisher?.close());

async function report(id: string, now = new Date()) {
  const times = { startedAt: now, appliedAt: now };
  await recordGateway(publisher.db, {
    ...{ id, host: `${id}:8280`, version: "0", appliedRevision: 1, refusedApis: [], ...times },
  });
}

const settings = { ...defaultGuardSettings, enabled: true, watchMinutes: 5, minRequests: 20 };

const at = (url: string): EndpointConfig => ({
  kind: "single",
  protocol: "rest",
  retryNonIdempotent: false,
  production: { id: "p", url, settings: {} },
});

/** A live API that is guarded. */
async function guardedApi(more: object = {}) {
  count += 1;
  const names = { name: `Guarded${count}`, context: `/guarded-${count}`, version: "1" };
  const api = await createApi(ann, { ...names, endpointConfig: at("http://good.example"), publish: true, ...more });
  await setApiGuard(ann, api.id, settings);
  return api;
}

type Traffic = { requests?: number; failures?: number; ms?: number; gateway?: string };

async function traffic(
  apiId: string,
  revision: number,
  { requests = 100, failures = 0, ms = 20, gateway }: Traffic = {},
) {
  const counted = emptyWatchCount(apiId, revision);
  for (let each = 0; each < requests; each += 1) countWatched(counted, each < failures ? 502 : 200, ms);
  await recordApiTraffic(publisher.db, gateway ?? "gateway-a", [counted]);
}

/** An API with traffic that was fine, and a change that is watched. */
async function watchedChange(change: object = { endpointConfig: at("http://bad.example") }) {
  const api = await guardedApi();
  await traffic(api.id, api.revision);
  const changed = await updateApi(ann, api.id, change);
  return { api, changed };
}

/** Lets time pass on the only clock that counts. */
const pass = (apiId: string, minutes: number) => publisher.db.$executeRaw`
  UPDATE guard_watch SET started_at = started_at - make_interval(mins => ${minutes}),
    checked_at = checked_at - make_interval(mins => ${minutes}), until = until - make_interval(mins => ${minutes})
  WHERE api_id = ${apiId}::uuid`;

const check = () => checkWatches({ ...ann });
const urlOf = async (apiId: string) => {
  const { endpointConfig } = await getApi(ann, apiId);
  return endpointConfig?.kind === "single" ? endpointConfig.production?.url : undefined;
};

describe("a guarded change", () => {
  it("that fails is taken back, with the figures, in the history and in the audit log", async () => {
    const { api, changed } = await watchedChange();
    await check();
    expect(await findGuardWatch(ann, api.id)).toMatchObject({ state: "watching", revision: changed.revision });

    await traffic(api.id, changed.revision, { requests: 40, failures: 20 });
    await check();
    expect(await urlOf(api.id)).toBe("http://good.example");
    const watch = await findGuardWatch(ann, api.id);
    const reason = "50 % of 40 requests failed (0 % before); the limit is 5 percentage points more.";
    expect(watch).toMatchObject({
      state: "restored",
      baseRevision: api.revision,
      reason,
      figures: { before: { requests: 100, failures: 0 }, after: { requests: 40, failures: 20 } },
    });
    const [newest] = (await listApiHistory(ann, api.id)).revisions;
    expect(newest).toMatchObject({
      revision: watch?.restoredRevision,
      action: `Guarded restore of ${api.revision}`,
      actorName: "Guarded publish",
      comment: reason,
    });
    const [event] = await listAuditEvents(admin, { subjectId: api.id });
    expect(event).toMatchObject({
      action: "guard.restore",
      actorName: "Guarded publish",
      detail: { watchedRevision: changed.revision, restoredRevision: api.revision, savedBy: "Ann", reason },
    });
  });

  it("that is slower than before beyond the limit is taken back too", async () => {
    const { api, changed } = await watchedChange();
    await traffic(api.id, changed.revision, { ms: 500 });
    await check();
    expect(await findGuardWatch(ann, api.id)).toMatchObject({
      state: "restored",
      reason: expect.stringMatching(/^95 of 100 requests took up to/),
    });
  });

  it("is taken back by exactly one of several publishers that look at once", async () => {
    const { api, changed } = await watchedChange();
    await traffic(api.id, changed.revision, { failures: 100 });
    await Promise.all(Array.from({ length: 6 }, check));
    const { revisions } = await listApiHistory(ann, api.id);
    expect(revisions.map(({ action }) => action)).toEqual([
      `Guarded restore of ${api.revision}`,
      "Save",
      "Create & Publish",
    ]);
    const events = await listAuditEvents(admin, { subjectId: api.id });
    expect(events.filter(({ action }) => action === "guard.restore")).toHaveLength(1);
  });

  it("stays when its time is over and nothing spoke against it", async () => {
    const { api, changed } = await watchedChange();
    await traffic(api.id, changed.revision, { failures: 2 });
    await pass(api.id, 4);
    await check();
    expect(await findGuardWatch(ann, api.id)).toMatchObject({ state: "watching" });
    await pass(api.id, 1);
    await check();
    expect(await findGuardWatch(ann, api.id)).toMatchObject({ state: "passed", reason: "No limit was passed." });
    expect(await urlOf(api.id)).toBe("http://bad.example");
  });

  it("stays, and says so, when too few requests came to judge by", async () => {
    const { api, changed } = await watchedChange();
    await traffic(api.id, changed.revision, { requests: 3, failures: 3 });
    await pass(api.id, 5);
    await check();
    expect(await findGuardWatch(ann, api.id)).toMatchObject({
      state: "passed",
      reason: "Only 3 of at least 20 requests came, so there was nothing to judge by.",
    });
  });

  it.each([
    ["a change that gateways do not serve", { description: "New." }, 0],
    ["one that they do", { apiKeyRequired: false }, 1],
  ])("is %s: %j", async (_name, change, watches) => {
    const { api } = await watchedChange(change);
    expect(await listGuardWatches(ann, api.id)).toHaveLength(watches);
  });

  it("brings back what gateways serve, and leaves a description that was saved meanwhile", async () => {
    const { api } = await watchedChange();
    const later = await updateApi(ann, api.id, { description: "Said later." });
    await traffic(api.id, later.revision, { failures: 100 });
    await check();
    expect(await getApi(ann, api.id)).toMatchObject({
      description: "Said later.",
      endpointConfig: at("http://good.example"),
    });
  });

  it("on top of one that is watched is watched in its place: the last one that proved itself would come back", async () => {
    const { api, changed } = await watchedChange();
    const second = await updateApi(ann, api.id, { endpointConfig: at("http://worse.example") });
    const [newest, first] = await listGuardWatches(ann, api.id);
    expect(first).toMatchObject({ state: "superseded", revision: changed.revision });
    expect(newest).toMatchObject({ state: "watching", revision: second.revision, baseRevision: api.revision });
    await traffic(api.id, second.revision, { failures: 100 });
    await check();
    expect(await urlOf(api.id)).toBe("http://good.example");
  });

  it("is judged by what ran before it, and not by one that was taken back in between", async () => {
    const { api, changed } = await watchedChange();
    await traffic(api.id, changed.revision, { failures: 100 });
    await check();
    const again = await updateApi(ann, api.id, { endpointConfig: at("http://bad-too.example") });
    await traffic(api.id, again.revision, { failures: 30 });
    await check();
    expect((await findGuardWatch(ann, api.id))?.reason).toMatch(/^30 % of 100 requests failed \(0 % before\)/);
  });

  it("of an API that is blocked meanwhile is watched no more", async () => {
    const { api } = await watchedChange();
    await changeLifecycle(ann, api.id, "Block");
    expect(await findGuardWatch(ann, api.id)).toMatchObject({ state: "superseded", reason: "The API became BLOCKED." });
  });

  it("is forgotten with its API", async () => {
    const { api, changed } = await watchedChange();
    await deleteApi(ann, api.id);
    await traffic(api.id, changed.revision);
    await check();
    expect(await publisher.db.guardWatch.count({ where: { apiId: api.id } })).toBe(0);
  });

  it("gives the default version back to the one that lost it to the change", async () => {
    const first = await guardedApi({ isDefaultVersion: true });
    const second = await createApi(ann, {
      ...{ name: first.name, context: `${first.context}-2`, version: "2" },
      ...{ endpointConfig: at("http://good.example"), publish: true },
    });
    await setApiGuard(ann, second.id, settings);
    const changed = await updateApi(ann, second.id, { isDefaultVersion: true });
    await traffic(second.id, changed.revision, { failures: 100 });
    await check();
    expect((await getApi(ann, second.id)).isDefaultVersion).toBe(false);
    expect((await getApi(ann, first.id)).isDefaultVersion).toBe(true);
  });
});

describe("a gateway", () => {
  it("hears that it has to count, and that it need not any more, without a new revision", async () => {
    const api = await guardedApi();
    const served = async () => (await loadSnapshot(publisher.db)).apis.find(({ id }) => id === api.id);
    const { revision } = await loadSnapshot(publisher.db);
    expect(await served()).toMatchObject({ watched: true, revision: api.revision });
    await setApiGuard(ann, api.id, { ...settings, enabled: false });
    expect((await loadChanges(publisher.db, revision)).upserts).toMatchObject([{ id: api.id, revision: api.revision }]);
    expect((await served())?.watched).toBeUndefined();
  });
});

describe("a gateway that disappears", () => {
  it("is named, and what it has counted still counts", async () => {
    const { api, changed } = await watchedChange();
    await report("gateway-c");
    await traffic(api.id, changed.revision, { requests: 19, failures: 19, gateway: "gateway-c" });
    await publisher.db
      .$executeRaw`UPDATE gateway SET last_seen_at = now() - interval '1 minute' WHERE id = 'gateway-c'`;
    await check();
    expect(await findGuardWatch(ann, api.id)).toMatchObject({
      state: "watching",
      silentGateways: ["gateway-c:8280"],
      figures: { after: { failures: 19 } },
    });
    await traffic(api.id, changed.revision, { requests: 1, gateway: "gateway-a" });
    await check();
    expect(await findGuardWatch(ann, api.id)).toMatchObject({ state: "restored" });
  });

  it("as the last one makes the time of the watch stand still until one is back", async () => {
    const { api } = await watchedChange();
    await publisher.db.$executeRaw`UPDATE gateway SET last_seen_at = now() - interval '1 hour'`;
    await pass(api.id, 30);
    await check();
    expect(await findGuardWatch(ann, api.id)).toMatchObject({ state: "watching", isUnwatched: true });
    for (const id of gateways) await report(id);
    await check();
    const watch = await findGuardWatch(ann, api.id);
    expect(watch).toMatchObject({ state: "watching", isUnwatched: false });
    expect(watch?.remainingMs).toBeGreaterThan(4 * 60_000);
  });
});

describe("clocks that are minutes apart", () => {
  it.each([-10, 10])(
    "do not shorten or lengthen a watch: a publisher and a gateway %d minutes off",
    async (minutes) => {
      const off = () => new Date(Date.now() + minutes * 60_000);
      const api = await guardedApi();
      await report("gateway-off", off());
      await traffic(api.id, api.revision, { gateway: "gateway-off" });
      await updateApi({ ...ann, now: off }, api.id, { endpointConfig: at("http://bad.example") });
      await checkWatches({ ...ann, now: off });
      const watch = await findGuardWatch({ ...ann, now: off }, api.id);
      expect(watch).toMatchObject({ state: "watching", isUnwatched: false, figures: { before: { requests: 100 } } });
      expect(watch?.remainingMs).toBeGreaterThan(4.5 * 60_000);
      expect(watch?.remainingMs).toBeLessThanOrEqual(5 * 60_000);
    },
  );
});

describe("a revision that cannot come back", () => {
  it("because its path is another API's now is told, once, and what is there stays", async () => {
    const api = await guardedApi({ context: "/market/pizza", isDefaultVersion: true });
    const changed = await updateApi(ann, api.id, { isDefaultVersion: false });
    await createApi(bob, { name: "Taker", context: "/market", version: "pizza" });
    await traffic(api.id, changed.revision, { failures: 100 });
    await check();
    await check();
    const watch = await findGuardWatch(ann, api.id);
    expect(watch).toMatchObject({
      state: "unrestorable",
      reason: expect.stringContaining(
        "could not be restored: The path /market/pizza at the gateway is taken by an API of another publisher.",
      ),
    });
    expect((await getApi(ann, api.id)).isDefaultVersion).toBe(false);
    const events = await listAuditEvents(admin, { subjectId: api.id });
    expect(events.filter(({ action }) => action === "guard.restore-failed")).toHaveLength(1);
  });
});

describe("what is kept of it", () => {
  it("is swept: traffic after two hours, watches a quarter of a year after their end", async () => {
    const { api, changed } = await watchedChange();
    await traffic(api.id, changed.revision, { failures: 100 });
    await check();
    const kept = async () => [
      await publisher.db.guardWatch.count({ where: { apiId: api.id } }),
      await publisher.db.apiTraffic.count({ where: { apiId: api.id } }),
    ];
    await sweepWatches(publisher.db);
    expect(await kept()).toEqual([1, 2]);
    await publisher.db
      .$executeRaw`UPDATE guard_watch SET ended_at = now() - interval '91 days' WHERE api_id = ${api.id}::uuid`;
    await publisher.db
      .$executeRaw`UPDATE api_traffic SET minute = minute - interval '3 hours' WHERE api_id = ${api.id}::uuid`;
    await sweepWatches(publisher.db);
    expect(await kept()).toEqual([0, 0]);
  });
});

describe("somebody who knows better", () => {
  it("keeps a change while it is watched", async () => {
    const { api, changed } = await watchedChange();
    const watch = await findGuardWatch(ann, api.id);
    await keepWatchedChange(ann, api.id, watch?.id ?? "");
    await traffic(api.id, changed.revision, { failures: 100 });
    await check();
    expect(await findGuardWatch(ann, api.id)).toMatchObject({ state: "kept", reason: "Ann kept it." });
    expect(await urlOf(api.id)).toBe("http://bad.example");
    await expect(keepWatchedChange(ann, api.id, watch?.id ?? "")).rejects.toMatchObject({ kind: "invalid" });
  });

  it("brings a change back that was taken back, and it is not watched again", async () => {
    const { api, changed } = await watchedChange();
    await traffic(api.id, changed.revision, { failures: 100 });
    await check();
    const watch = await findGuardWatch(ann, api.id);
    await keepWatchedChange(ann, api.id, watch?.id ?? "");
    expect(await urlOf(api.id)).toBe("http://bad.example");
    expect(await listGuardWatches(ann, api.id)).toMatchObject([{ state: "kept" }]);
    const actions = (await listAuditEvents(admin, { subjectId: api.id })).map(({ action }) => action);
    expect(actions.slice(0, 3)).toEqual(["guard.keep", "api.restore", "guard.restore"]);
  });

  it("puts the message away, once it is over", async () => {
    const { api, changed } = await watchedChange();
    const id = (await findGuardWatch(ann, api.id))?.id ?? "";
    await expect(dismissWatch(ann, api.id, id)).rejects.toMatchObject({ kind: "invalid" });
    await traffic(api.id, changed.revision, { failures: 100 });
    await check();
    await dismissWatch(ann, api.id, id);
    expect(await findGuardWatch(ann, api.id)).toMatchObject({ state: "restored", dismissedBy: "Ann" });
  });

  it("has to be somebody who may: others neither see nor end it", async () => {
    const { api } = await watchedChange();
    const id = (await findGuardWatch(ann, api.id))?.id ?? "";
    for (const attempt of [
      () => findGuardWatch(bob, api.id),
      () => setApiGuard(bob, api.id, settings),
      () => keepWatchedChange(bob, api.id, id),
      () => dismissWatch(bob, api.id, id),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ kind: "forbidden" });
    }
    await expect(keepWatchedChange(ann, api.id, "nonsense")).rejects.toMatchObject({ kind: "not-found" });
  });

  it.each([
    [{ watchMinutes: 0 }, "watchMinutes"],
    [{ watchMinutes: 61 }, "watchMinutes"],
    [{ maxErrorPoints: 0 }, "maxErrorPoints"],
    [{ maxLatencyPercent: 5 }, "maxLatencyPercent"],
    [{ minRequests: 1.5 }, "minRequests"],
  ])("is told what can be set: %j", async (wrong, path) => {
    const api = await guardedApi();
    await expect(setApiGuard(ann, api.id, { ...settings, ...wrong })).rejects.toMatchObject({
      kind: "invalid",
      items: [{ path }],
    });
  });
});
