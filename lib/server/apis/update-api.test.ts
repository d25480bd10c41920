import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadSnapshot } from "../../db/load-snapshot.ts";
import type { Api } from "../../model/api.ts";
import type { EndpointConfig } from "../../model/endpoint-config.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { changeLifecycle } from "./change-lifecycle.ts";
import { createApi } from "./create-api.ts";
import { deleteApi } from "./delete-api.ts";
import { getApi } from "./get-api.ts";
import { updateApi } from "./update-api.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let bob: ServerContext;
let admin: ServerContext;
let count = 0;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  bob = await publisher.person("Bob");
  admin = await publisher.person("Ada", "admin");
});
afterAll(() => publisher?.close());

function newApi(more: object = {}): Promise<Api> {
  count += 1;
  const input = { name: `API ${count}`, context: `/api-${count}`, version: "1", endpointUrl: "http://a.example" };
  return createApi(ann, { ...input, ...more });
}

const failover: EndpointConfig = {
  kind: "failover",
  protocol: "rest",
  retryNonIdempotent: false,
  production: {
    primary: { id: "p", url: "http://p.example", settings: {} },
    failovers: [{ id: "f", url: "http://f.example", settings: { retryDelayMs: 10 } }],
  },
};

describe("saving an API", () => {
  it("changes what is named, keeps the rest, and writes a revision and the difference", async () => {
    const api = await newApi();
    const saved = await updateApi(ann, api.id, { description: "Round.", endpointConfig: failover }, api.revision);

    expect(saved).toMatchObject({ description: "Round.", endpointConfig: failover, displayName: api.displayName });
    expect(saved.revision).toBeGreaterThan(api.revision);
    expect(saved.updatedAt.getTime()).toBeGreaterThan(api.updatedAt.getTime());
    expect(await getApi(ann, api.id)).toEqual(saved);
    const revisions = await publisher.db.apiRevision.findMany({
      where: { apiId: api.id },
      orderBy: { revision: "asc" },
    });
    expect(revisions.map(({ revision }) => revision)).toEqual([api.revision, saved.revision]);
    const row = await publisher.db.api.findUniqueOrThrow({ where: { id: api.id } });
    expect(row).toMatchObject({ endpointType: "failover", changeRevision: saved.revision });
    const event = await publisher.db.auditEvent.findFirstOrThrow({
      where: { subjectId: api.id, action: "api.update" },
    });
    expect(event.detail).toMatchObject({
      revision: saved.revision,
      changes: expect.arrayContaining([
        { subject: "Description", before: "", after: "Round." },
        { subject: "Endpoint Type", before: "None", after: "Failover" },
      ]),
    });
  });

  it("tells the second of two people who saved in between, and what", async () => {
    const api = await newApi();
    const saved = await updateApi(admin, api.id, { description: "Ada's", apiKeyRequired: false }, api.revision);
    const late = updateApi(ann, api.id, { description: "Ann's" }, api.revision);

    await expect(late).rejects.toMatchObject({
      kind: "stale",
      message: expect.stringMatching(
        new RegExp(`^Ada saved.*revision ${saved.revision}.*Description and API-key security`),
      ),
      items: [
        { path: "Description", message: "was empty, is now Ada's" },
        { path: "API-key security", message: "was on, is now off" },
      ],
    });
    expect((await getApi(ann, api.id)).description).toBe("Ada's");
  });

  it.each([0, 999_999, -1, 1.5, 1e12, Number.NaN])(
    "counts the revision %d, which there never was, as stale",
    async (revision) => {
      const api = await newApi();
      await expect(updateApi(ann, api.id, { description: "x" }, revision)).rejects.toMatchObject({ kind: "stale" });
    },
  );

  it("lets exactly one of several saves of the same revision win", async () => {
    const api = await newApi();
    const saves = Array.from({ length: 8 }, (_, index) =>
      updateApi(index % 2 === 0 ? ann : admin, api.id, { description: `Save ${index}` }, api.revision),
    );
    const results = await Promise.allSettled(saves);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(reasons).toMatchObject(reasons.map(() => ({ kind: "stale" })));
    expect(await publisher.db.apiRevision.count({ where: { apiId: api.id } })).toBe(2);
  });

  it.each([
    ["name", { name: "Other" }],
    ["version", { version: "2" }],
    ["context", { context: "/other" }],
  ])("refuses another %s", async (path, change) => {
    const api = await newApi();
    await expect(updateApi(ann, api.id, change)).rejects.toMatchObject({ kind: "invalid", items: [{ path }] });
  });

  it("takes a whole document whose name, version and context are what they are", async () => {
    const api = await newApi();
    const { name, version, context } = api;
    const saved = await updateApi(ann, api.id, { name, version, context, description: "Same." });
    expect(saved.description).toBe("Same.");
  });

  it("refuses an invalid endpoint with its path", async () => {
    const api = await newApi();
    const endpointConfig = structuredClone(failover);
    if (endpointConfig.kind === "failover" && endpointConfig.production) {
      endpointConfig.production.failovers = [{ id: "f", url: "ftp://f.example", settings: {} }];
    }
    await expect(updateApi(ann, api.id, { endpointConfig })).rejects.toMatchObject({
      kind: "invalid",
      items: [{ path: "endpointConfig.production.failovers.0.url" }],
    });
  });

  it("refuses at its field what a gateway would refuse, which keeps serving what it has", async () => {
    const api = await newApi({ publish: true });
    const endpointConfig = structuredClone(failover);
    if (endpointConfig.kind === "failover" && endpointConfig.production) {
      endpointConfig.production.failovers = [{ id: "f", url: "http://f.example/\u010a", settings: {} }];
    }
    await expect(updateApi(ann, api.id, { endpointConfig })).rejects.toMatchObject({
      kind: "invalid",
      items: [{ path: "endpointConfig.production.failovers.0.url", message: expect.stringContaining("%C4%8A") }],
    });
    expect((await loadSnapshot(publisher.db)).refused).toEqual([]);
    await expect(newApi({ endpointUrl: "http://f.example/\u010a" })).rejects.toMatchObject({
      items: [{ path: "endpointUrl" }],
    });
  });

  it("lets an API be blocked whose endpoint another version once let in, and is told by gateways of it", async () => {
    const api = await newApi({ publish: true });
    const row = await publisher.db.api.findUniqueOrThrow({ where: { id: api.id } });
    const stored = JSON.stringify(row.endpointConfig).replaceAll("a.example", "a.example/\u010a");
    await publisher.db.api.update({ where: { id: api.id }, data: { endpointConfig: JSON.parse(stored) } });
    expect((await loadSnapshot(publisher.db)).refused).toMatchObject([{ id: api.id }]);
    expect((await changeLifecycle(ann, api.id, "Block")).lifecycleState).toBe("BLOCKED");
    await deleteApi(ann, api.id);
  });

  it("refuses to take the endpoints of a live API away, but not of one that is only created", async () => {
    const live = await newApi({ publish: true });
    await expect(updateApi(ann, live.id, { endpointConfig: null })).rejects.toMatchObject({
      kind: "invalid",
      items: [{ path: "endpointConfig" }],
    });
    const created = await newApi();
    expect((await updateApi(ann, created.id, { endpointConfig: null })).endpointConfig).toBeNull();
  });

  it("has one default version of a name: making another one it is a save of both", async () => {
    const first = await newApi({ isDefaultVersion: true });
    const second = await createApi(ann, { name: first.name, context: `${first.context}-2`, version: "2" });
    const saved = await updateApi(ann, second.id, { isDefaultVersion: true }, second.revision);

    const cleared = await getApi(ann, first.id);
    expect(cleared).toMatchObject({ isDefaultVersion: false, revision: saved.revision });
    const revisions = await publisher.db.apiRevision.findMany({ where: { apiId: first.id, revision: saved.revision } });
    expect(revisions).toMatchObject([{ action: "Default version is now 2", document: { isDefaultVersion: false } }]);
  });

  it("refuses the API of another publisher, and lets administrators in", async () => {
    const api = await newApi();
    await expect(updateApi(bob, api.id, { description: "x" })).rejects.toMatchObject({ kind: "forbidden" });
    expect((await updateApi(admin, api.id, { description: "x" })).owner.name).toBe("Ann");
  });

  it.each(["", "nonsense", "00000000-0000-0000-0000-000000000000", "'; DROP TABLE api; --", "0".repeat(36)])(
    "knows no API %j",
    async (id) => {
      await expect(updateApi(ann, id, {})).rejects.toMatchObject({ kind: "not-found" });
      await expect(getApi(ann, id)).rejects.toMatchObject({ kind: "not-found" });
    },
  );
});

describe("a secret of an endpoint", () => {
  const withSecurity = (password: string, more: object = {}): EndpointConfig => ({
    kind: "single",
    protocol: "rest",
    retryNonIdempotent: false,
    production: { id: "a", url: "http://a.example", settings: {} },
    extra: {
      endpoint_security: {
        production: { enabled: true, type: "BASIC", username: "prodUser", password, ...more },
      },
    },
  });

  async function storedText(apiId: string): Promise<string> {
    const row = await publisher.db.api.findUniqueOrThrow({ where: { id: apiId } });
    const revisions = await publisher.db.apiRevision.findMany({ where: { apiId } });
    const events = await publisher.db.auditEvent.findMany({ where: { subjectId: apiId } });
    return JSON.stringify([row, revisions, events.map(({ detail }) => detail)]);
  }

  const storedConfig = async (apiId: string) =>
    JSON.stringify((await publisher.db.api.findUniqueOrThrow({ where: { id: apiId } })).endpointConfig);

  it("is in no table and in no answer", async () => {
    const api = await newApi({ endpointUrl: undefined, endpointConfig: withSecurity("prodPass") });
    const saved = await updateApi(ann, api.id, { endpointConfig: withSecurity("nextPass") });

    for (const answer of [api, saved, await getApi(ann, api.id)]) {
      expect(answer.endpointConfig?.extra).toEqual(withSecurity("").extra);
    }
    const stored = await storedText(api.id);
    expect(stored).toContain("sealed:v1:");
    expect(stored).toContain("prodUser");
    expect(stored).not.toMatch(/prodPass|nextPass/);
  });

  it("stays what it is when an empty one or the same one is saved, and changes when another one is", async () => {
    const api = await newApi({ endpointUrl: undefined, endpointConfig: withSecurity("prodPass") });
    const first = await storedConfig(api.id);
    await updateApi(ann, api.id, { endpointConfig: withSecurity("") });
    expect(await storedConfig(api.id)).toBe(first);
    await updateApi(ann, api.id, { endpointConfig: withSecurity("prodPass") });
    expect(await storedConfig(api.id)).toBe(first);
    await updateApi(ann, api.id, { endpointConfig: withSecurity("other") });
    expect(await storedConfig(api.id)).not.toBe(first);
  });

  it("is told of as changed, without its text or its seal", async () => {
    const api = await newApi({ endpointUrl: undefined, endpointConfig: withSecurity("prodPass") });
    await updateApi(ann, api.id, { endpointConfig: withSecurity("other") }, api.revision);
    const late: unknown = await updateApi(ann, api.id, {}, api.revision).catch((error: unknown) => error);
    expect(late).toMatchObject({ kind: "stale", items: [{ message: expect.stringContaining("••• (changed)") }] });
    expect(JSON.stringify(late)).not.toContain("sealed");
  });
});
