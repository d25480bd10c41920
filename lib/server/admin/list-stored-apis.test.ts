import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordGateway } from "../../db/record-gateway.ts";
import type { GatewayFigures } from "../../model/gateway-report.ts";
import type { StoredApiFilter } from "../../model/stored-api-query.ts";
import { changeLifecycle } from "../apis/change-lifecycle.ts";
import { createApi } from "../apis/create-api.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { listApiOwners, listStoredApis } from "./list-stored-apis.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let bob: ServerContext;
let admin: ServerContext;
const ids: Record<string, string> = {};

const figures: GatewayFigures = {
  ...{ workers: 2, memoryBytes: 1, requestsPerSecond: 0, p99Ms: null, reloadError: null },
  ...{ unreadyEndpoints: 2, unreadyApis: [] },
};

async function report(appliedRevision: number, more: Partial<GatewayFigures> = {}, refused: string[] = [], ago = 0) {
  const times = { startedAt: new Date(), appliedAt: new Date() };
  const refusedApis = refused.map((id) => ({ id, name: "x", revision: 1, reason: "broken" }));
  const gateway = { id: randomUUID(), host: "gw", version: "0", appliedRevision, refusedApis };
  await recordGateway(publisher.db, { ...gateway, ...times, figures: { ...figures, ...more } });
  await publisher.db.$executeRaw`
    UPDATE gateway SET last_seen_at = now() - make_interval(secs => ${ago / 1000}) WHERE id = ${gateway.id}`;
}

const found = async (filter: StoredApiFilter) => {
  const { apis, total } = await listStoredApis(admin, { filter, sort: { field: "name", direction: "asc" } });
  expect(total).toBe(apis.length);
  return apis.map(({ name }) => name);
};

beforeAll(async () => {
  publisher = await openTestPublisher();
  [ann, bob] = [await publisher.person("Ann"), await publisher.person("Bob")];
  admin = await publisher.person("Ada", "admin");
  const endpointConfig = {
    kind: "single" as const,
    protocol: "rest" as const,
    production: { id: "a", url: "http://a" },
  };
  for (const [name, owner] of [
    ["Drawn", ann],
    ["Late", ann],
    ["Sick", ann],
    ["Well", bob],
  ] as const) {
    const api = await createApi(owner, { name, context: `/${name.toLowerCase()}`, version: "1", endpointConfig });
    ids[name] = api.id;
    if (name !== "Drawn" && name !== "Late") await changeLifecycle(owner, api.id, "Publish");
  }
});
afterAll(() => publisher?.close());

describe("stored APIs", () => {
  it.each<[string, StoredApiFilter, string[]]>([
    ["without a filter", {}, ["Drawn", "Late", "Sick", "Well"]],
    ["by state", { state: "PUBLISHED" }, ["Sick", "Well"]],
    ["by endpoint type", { endpointType: "failover" }, []],
    ["by how the context begins", { context: "/W" }, ["Well"]],
    ["by state and context", { state: "CREATED", context: "/d" }, ["Drawn"]],
    ["that are not live: published ones, without any gateway", { notLive: true }, ["Sick", "Well"]],
  ])("are found %s", async (_how, filter, expected) => {
    expect(await found(filter)).toEqual(expected);
  });

  it("are found by owner, of those who have any", async () => {
    expect(await found({ ownerId: bob.actor.id })).toEqual(["Well"]);
    expect((await listApiOwners(admin)).map(({ name }) => name)).toEqual(["Ann", "Bob"]);
  });

  it("are live once every connected gateway has them, and not where one refuses or lags", async () => {
    const { revision } = await publisher.db.configRevision.findFirstOrThrow();
    await report(revision);
    expect(await found({ notLive: true })).toEqual([]);
    await report(1, {}, [], 60_000);
    expect(await found({ notLive: true })).toEqual([]);
    await report(revision, {}, [ids.Sick ?? ""]);
    expect(await found({ notLive: true })).toEqual(["Sick"]);
    await changeLifecycle(ann, ids.Late ?? "", "Publish");
    expect(await found({ notLive: true })).toEqual(["Late", "Sick"]);
    const { apis } = await listStoredApis(admin, { query: "name:Drawn" });
    expect(apis[0]).toMatchObject({ live: null, unreadyEndpoints: 0 });
  });

  it("are found by endpoints that a connected gateway finds not ready", async () => {
    const { revision } = await publisher.db.configRevision.findFirstOrThrow();
    await report(revision, {
      unreadyApis: [
        { id: ids.Well ?? "", endpoints: 2 },
        { id: "no-uuid", endpoints: 1 },
      ],
    });
    await report(revision, { unreadyApis: [{ id: ids.Drawn ?? "", endpoints: 2 }] }, [], 60_000);
    const { apis } = await listStoredApis(admin, { filter: { endpointsNotReady: true } });
    expect(apis).toMatchObject([{ name: "Well", unreadyEndpoints: 2 }]);
  });

  it("are for administrators", async () => {
    await expect(listStoredApis(ann)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(listApiOwners(ann)).rejects.toMatchObject({ kind: "forbidden" });
  });
});
