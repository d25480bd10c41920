import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordGateway } from "../../db/record-gateway.ts";
import type { Api } from "../../model/api.ts";
import { changeLifecycle } from "../apis/change-lifecycle.ts";
import { createApi } from "../apis/create-api.ts";
import { updateApi } from "../apis/update-api.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { getApiLiveState } from "./get-api-live-state.ts";
import { listGateways } from "./list-gateways.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let bob: ServerContext;
let first: Api;
let second: Api;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  bob = await publisher.person("Bob");
  const input = { name: "Pizza", context: "/pizza", version: "1", endpointUrl: "http://a.example", publish: true };
  first = await createApi(ann, input);
  second = await updateApi(ann, first.id, { description: "Second." });
  const refusal = { id: first.id, name: "Pizza", revision: second.revision, reason: "endpointConfig: broken" };
  await report("current", second.revision);
  await report("behind", first.revision);
  await report("before it all", 0);
  await report("refusing", second.revision, [refusal]);
  await report("silent", second.revision, [], 60_000);
});
afterAll(() => publisher?.close());

async function report(host: string, appliedRevision: number, refusedApis: object[] = [], silentMs = 0): Promise<void> {
  const refused = refusedApis.map((one) => ({ id: "", name: "", revision: 0, reason: "", ...one }));
  const times = { startedAt: new Date(0), appliedAt: new Date(0) };
  const gateway = { id: `gateway ${host}`, host, version: "0.1.0", appliedRevision, refusedApis: refused, ...times };
  await recordGateway(publisher.db, gateway);
  await publisher.db.$executeRaw`
    UPDATE gateway SET last_seen_at = now() - make_interval(secs => ${silentMs / 1000}) WHERE id = ${gateway.id}`;
}

describe("what gateways make of an API", () => {
  it("is told by what each of them reported", async () => {
    const { revision, gateways } = await getApiLiveState(ann, first.id);
    expect(revision).toBe(second.revision);
    const byHost = Object.fromEntries(gateways.map((gateway) => [gateway.host, gateway]));
    expect(byHost).toMatchObject({
      current: { live: true, gone: false, runningRevision: second.revision },
      behind: { live: false, gone: false, runningRevision: first.revision },
      "before it all": { live: false, runningRevision: null },
      refusing: { live: false, runningRevision: null, refusedReason: "endpointConfig: broken" },
      silent: { live: false, gone: true },
    });
    expect(gateways.at(-1)?.host).toBe("silent");
  });

  it("is nothing to run while the API is not published", async () => {
    const api = await createApi(ann, { name: "Draft", context: "/draft", version: "1" });
    await report("current", api.revision);
    const { gateways } = await getApiLiveState(ann, api.id);
    expect(gateways.find(({ host }) => host === "current")).toMatchObject({ live: true, runningRevision: null });
  });

  it("is still the old document where the end of it has not been heard", async () => {
    const demoted = await changeLifecycle(ann, first.id, "Demote to Created");
    await report("current", demoted.revision - 1);
    const { gateways } = await getApiLiveState(ann, first.id);
    expect(gateways.find(({ host }) => host === "current")).toMatchObject({
      live: false,
      runningRevision: second.revision,
    });
  });

  it("is told to those who may see the API only", async () => {
    await expect(getApiLiveState(bob, first.id)).rejects.toMatchObject({ kind: "forbidden" });
    const { gateways, configRevision } = await listGateways(bob);
    expect(configRevision).toBeGreaterThan(0);
    expect(gateways.flatMap(({ refusedApis }) => refusedApis)).toEqual([]);
    const own = await listGateways(ann);
    expect(own.gateways.flatMap(({ refusedApis }) => refusedApis)).toHaveLength(1);
  });
});
