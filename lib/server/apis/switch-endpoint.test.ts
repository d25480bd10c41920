import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen } from "../../db/listen.ts";
import { loadChanges, loadSnapshot } from "../../db/load-snapshot.ts";
import { gatewayAskChannel } from "../../db/notify.ts";
import { storeGatewaySwitch } from "../../db/store-gateway-switch.ts";
import type { Api } from "../../model/api.ts";
import type { EndpointConfig } from "../../model/endpoint-config.ts";
import { gatewayAskSchema } from "../../model/gateway-ask.ts";
import { listAuditEvents } from "../admin/list-audit-events.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { createApi } from "./create-api.ts";
import { deleteApi } from "./delete-api.ts";
import { getApi } from "./get-api.ts";
import { listEndpointSwitches } from "./list-endpoint-switches.ts";
import { switchEndpoint } from "./switch-endpoint.ts";
import { updateApi } from "./update-api.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let bob: ServerContext;
let admin: ServerContext;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  bob = await publisher.person("Bob");
  admin = await publisher.person("Ada", "admin");
});
afterAll(() => publisher?.close());

const member = (id: string) => ({ id, url: `http://${id}.example`, settings: {} });
const group = (...ids: string[]): EndpointConfig => ({
  kind: "load-balance",
  protocol: "rest",
  retryNonIdempotent: false,
  algorithm: "round-robin",
  session: { kind: "none" },
  failover: true,
  production: ids.map(member),
  sandbox: [member("s")],
});

let counter = 0;
async function publishedApi(config = group("a", "b")): Promise<Api> {
  counter += 1;
  const input = { name: `Api ${counter}`, context: `/api-${counter}`, version: "1", endpointUrl: "http://x.example" };
  const api = await createApi(ann, { ...input, publish: true });
  return updateApi(ann, api.id, { endpointConfig: config });
}

async function switchesAtGateways(apiId: string) {
  const { apis } = await loadSnapshot(publisher.db);
  return apis.find(({ id }) => id === apiId)?.switches;
}

const off = (endpointId: string) => ({ keyType: "production", endpointId, position: "off" }) as const;

describe("a switch that is turned at a gateway", () => {
  it("is stored and told of like any other, in the gateway's name", async () => {
    const api = await publishedApi();
    const { revision } = await loadSnapshot(publisher.db);
    expect(await storeGatewaySwitch(publisher.db, "gateway a", api.id, [off("a")], new Date())).toBe(true);
    const { upserts } = await loadChanges(publisher.db, revision);
    expect(upserts).toMatchObject([{ id: api.id, revision: api.revision, switches: [off("a")] }]);
    const [event] = await listAuditEvents(admin, { limit: 1 });
    expect(event).toMatchObject({
      action: "endpoint.switch-off",
      actorName: "gateway admin port",
      detail: { gatewayId: "gateway a", endpoint: "http://a.example", before: "on", after: "off" },
    });
  });

  it("is not stored where the API or the endpoint has gone", async () => {
    const api = await publishedApi();
    const gone = [off("zz")];
    expect(await storeGatewaySwitch(publisher.db, "gateway a", api.id, gone, new Date())).toBe(false);
    await deleteApi(ann, api.id);
    expect(await storeGatewaySwitch(publisher.db, "gateway a", api.id, [off("a")], new Date())).toBe(false);
  });
});

describe("switching an endpoint", () => {
  it("on is asked of gateways as a fresh start, once it is stored", async () => {
    const api = await publishedApi();
    const heard: unknown[] = [];
    const stopping = new AbortController();
    const { promise: connected, resolve } = Promise.withResolvers<void>();
    const listening = listen({
      ...{ databaseUrl: publisher.url, applicationName: "a gateway", channels: [gatewayAskChannel] },
      onNotification: (_channel, payload) => heard.push(gatewayAskSchema.parse(JSON.parse(payload)).ask),
      ...{ onConnected: resolve, onLost: () => undefined, random: () => 0.5, signal: stopping.signal },
    });
    await connected;
    await expect(switchEndpoint(bob, api.id, { ...off("a"), position: "on" })).rejects.toThrow();
    await switchEndpoint(ann, api.id, { ...off("b"), position: "on" });
    await expect
      .poll(() => heard)
      .toEqual([{ kind: "switch-on", apiId: api.id, keyType: "production", endpointId: "b" }]);
    stopping.abort();
    await listening;
  });

  it("reaches gateways as a change of its own, and leaves the document alone", async () => {
    const api = await publishedApi();
    const { revision } = await loadSnapshot(publisher.db);
    const switched = await switchEndpoint(ann, api.id, off("a"));
    expect(switched).toMatchObject({ keyType: "production", id: "a", position: "off", switchedBy: "Ann" });
    const { upserts } = await loadChanges(publisher.db, revision);
    expect(upserts).toMatchObject([{ id: api.id, revision: api.revision, switches: [off("a")] }]);
    const { updatedAt, revision: after } = await getApi(ann, api.id);
    expect([updatedAt, after]).toEqual([api.updatedAt, api.revision]);
    await updateApi(ann, api.id, { description: "Not stale." }, api.revision);
    expect(await switchesAtGateways(api.id)).toEqual([off("a")]);
  });

  it("has one position at a time, and none once it is on", async () => {
    const api = await publishedApi();
    await switchEndpoint(ann, api.id, off("a"));
    await switchEndpoint(admin, api.id, { ...off("a"), position: "drain" });
    await switchEndpoint(ann, api.id, { ...off("s"), keyType: "sandbox" });
    expect(await listEndpointSwitches(ann, api.id)).toMatchObject([
      { keyType: "production", id: "a", position: "drain", switchedBy: "Ada" },
      { keyType: "production", id: "b", position: "on" },
      { keyType: "sandbox", id: "s", position: "off", switchedBy: "Ann" },
    ]);
    await switchEndpoint(ann, api.id, { ...off("a"), position: "on" });
    expect(await switchesAtGateways(api.id)).toEqual([{ ...off("s"), keyType: "sandbox" }]);
  });

  it("says in the audit log who did what to which endpoint", async () => {
    const api = await publishedApi();
    await switchEndpoint(ann, api.id, off("a"));
    await switchEndpoint(admin, api.id, { ...off("a"), position: "on" });
    const events = await listAuditEvents(admin, { subjectId: api.id, limit: 2 });
    expect(events).toMatchObject([
      { action: "endpoint.switch-on", actorName: "Ada", detail: { before: "off", after: "on" } },
      {
        action: "endpoint.switch-off",
        actorName: "Ann",
        subjectId: api.id,
        detail: { endpoint: "http://a.example", endpointId: "a", keyType: "production", before: "on", after: "off" },
      },
    ]);
  });

  it("is forgotten with the endpoint, when the API is saved without it", async () => {
    const api = await publishedApi();
    await switchEndpoint(ann, api.id, off("a"));
    await switchEndpoint(ann, api.id, off("b"));
    await updateApi(ann, api.id, { endpointConfig: group("b", "c") });
    expect(await switchesAtGateways(api.id)).toEqual([off("b")]);
    await updateApi(ann, api.id, { endpointConfig: group("a", "b") });
    expect(await switchesAtGateways(api.id)).toEqual([off("b")]);
    await deleteApi(ann, api.id);
    expect(await publisher.db.endpointSwitch.count({ where: { apiId: api.id } })).toBe(0);
  });

  it.each([
    ["another publisher's API", "forbidden", () => bob, {}],
    ["an endpoint there is not", "not-found", () => ann, { endpointId: "zz" }],
    ["an endpoint of the other key type", "not-found", () => ann, { keyType: "sandbox" as const }],
    ["an id that cannot be one", "invalid", () => ann, { endpointId: "" }],
  ])("refuses %s", async (_case, kind, who, change) => {
    const api = await publishedApi();
    await expect(switchEndpoint(who(), api.id, { ...off("a"), ...change })).rejects.toMatchObject({ kind });
    expect(await switchesAtGateways(api.id)).toEqual([]);
  });

  it("refuses an API there is not", async () => {
    await expect(switchEndpoint(ann, "nothing", off("a"))).rejects.toMatchObject({ kind: "not-found" });
    await expect(listEndpointSwitches(bob, (await publishedApi()).id)).rejects.toMatchObject({ kind: "forbidden" });
  });
});
