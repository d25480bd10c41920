import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeSentence } from "../../model/change-sentence.ts";
import type { EndpointConfig } from "../../model/endpoint-config.ts";
import type { NewApi } from "../../model/new-api.ts";
import { listAuditEvents } from "../admin/list-audit-events.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { changeLifecycle } from "./change-lifecycle.ts";
import { compareApiRevisions } from "./compare-api-revisions.ts";
import { createApi } from "./create-api.ts";
import { getApi } from "./get-api.ts";
import { listApiHistory } from "./list-api-revisions.ts";
import { restoreApiRevision } from "./restore-api-revision.ts";
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

async function newApi(input: Partial<NewApi> = {}) {
  count += 1;
  const given = { name: `History${count}`, context: `/history-${count}`, version: "1", ...input };
  return createApi(ann, { endpointUrl: "http://a.example", ...given });
}

const failover = (...urls: string[]): EndpointConfig => {
  const [primary, ...failovers] = urls.map((url) => ({ id: url, url: `http://${url}.example`, settings: {} }));
  if (!primary) throw new Error("A failover group has a primary.");
  return { kind: "failover", protocol: "rest", retryNonIdempotent: false, production: { primary, failovers } };
};

const sentences = async (apiId: string) =>
  (await listApiHistory(ann, apiId)).revisions.map(({ changes }) => changes?.map(changeSentence));

describe("the history of an API", () => {
  it("tells who saved when and why, and what it changed in words", async () => {
    const api = await newApi({ endpointUrl: undefined, endpointConfig: failover("a", "b", "c") });
    await updateApi(ann, api.id, { endpointConfig: failover("b", "a", "c") }, undefined, " b is nearer now ");
    await updateApi(admin, api.id, { endpointConfig: failover("b", "a"), apiKeyRequired: false });

    const { revisions, total, hasOlder } = await listApiHistory(ann, api.id);
    expect({ total, hasOlder }).toEqual({ total: 3, hasOlder: false });
    expect(revisions.map(({ action, actorName, comment }) => [action, actorName, comment])).toEqual([
      ["Save", "Ada", ""],
      ["Save", "Ann", "b is nearer now"],
      ["Create", "Ann", ""],
    ]);
    expect(await sentences(api.id)).toEqual([
      ["API key no longer required", "Production endpoint 3 http://c.example removed"],
      ["Order of production endpoints: http://b.example moved before http://a.example"],
      undefined,
    ]);
  });

  it("comes page by page, each page knowing what its last save changed", async () => {
    const api = await newApi();
    for (const description of ["1", "2", "3", "4"]) await updateApi(ann, api.id, { description });
    const first = await listApiHistory(ann, api.id, { limit: 2 });
    expect(first).toMatchObject({ total: 5, hasOlder: true });
    expect(first.revisions.map(({ changes }) => changes?.[0]?.after)).toEqual(["4", "3"]);
    const second = await listApiHistory(ann, api.id, { limit: 3, before: first.revisions[1]?.revision });
    expect(second.hasOlder).toBe(false);
    expect(second.revisions.map(({ changes }) => changes?.[0]?.after)).toEqual(["2", "1", undefined]);
  });

  it("is nobody else's", async () => {
    const api = await newApi();
    await expect(listApiHistory(bob, api.id)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(restoreApiRevision(bob, api.id, api.revision)).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("refuses a comment of more than 500 characters at its field", async () => {
    const api = await newApi();
    await expect(updateApi(ann, api.id, {}, undefined, "x".repeat(501))).rejects.toMatchObject({
      kind: "invalid",
      items: [{ path: "comment" }],
    });
  });
});

describe("restoring a revision", () => {
  it("makes it a new revision, keeps the lifecycle state, and is in the audit log", async () => {
    const api = await newApi({ description: "First." });
    const second = await updateApi(ann, api.id, {
      description: "Second.",
      tags: ["new"],
      properties: [{ name: "team", value: "Sea" }],
    });
    await changeLifecycle(ann, api.id, "Publish");
    const restored = await restoreApiRevision(ann, api.id, api.revision, { comment: "Second was wrong" });

    expect(restored).toMatchObject({ description: "First.", tags: [], properties: [], lifecycleState: "PUBLISHED" });
    expect(restored.revision).toBeGreaterThan(second.revision);
    const { revisions } = await listApiHistory(ann, api.id);
    expect(revisions[0]).toMatchObject({ action: `Restore of ${api.revision}`, comment: "Second was wrong" });
    const [event] = await listAuditEvents(admin, { subjectId: api.id });
    expect(event).toMatchObject({
      action: "api.restore",
      actorName: "Ann",
      detail: { restoredRevision: api.revision, comment: "Second was wrong", revision: restored.revision },
    });
  });

  it("is refused when somebody saved meanwhile, and when there is nothing to restore", async () => {
    const api = await newApi();
    const second = await updateApi(ann, api.id, { description: "Second." });
    const third = await updateApi(admin, api.id, { description: "Third." });
    const late = restoreApiRevision(ann, api.id, api.revision, { expectedRevision: second.revision });
    await expect(late).rejects.toMatchObject({ kind: "stale", message: expect.stringMatching(/^Ada saved/) });
    await expect(restoreApiRevision(ann, api.id, third.revision)).rejects.toMatchObject({
      kind: "invalid",
      message: expect.stringContaining("nothing to restore"),
    });
    await expect(restoreApiRevision(ann, api.id, 999_999)).rejects.toMatchObject({ kind: "not-found" });
    expect((await getApi(ann, api.id)).description).toBe("Third.");
  });

  it("is refused while its path belongs to another API now", async () => {
    const api = await newApi({ context: "/shop/pizza", isDefaultVersion: true });
    await updateApi(ann, api.id, { isDefaultVersion: false });
    const taker = await newApi({ context: "/shop", version: "pizza" });
    await expect(restoreApiRevision(ann, api.id, api.revision)).rejects.toMatchObject({
      kind: "conflict",
      message: `The path ${api.context} at the gateway is taken by ${taker.name} ${taker.version}.`,
      items: [{ path: "isDefaultVersion" }],
    });
  });

  it("takes the default version back from the one that has it, as a save of both", async () => {
    const first = await newApi({ isDefaultVersion: true });
    const second = await createApi(ann, { name: first.name, context: `${first.context}-2`, version: "2" });
    await updateApi(ann, second.id, { isDefaultVersion: true });
    await restoreApiRevision(ann, first.id, first.revision);
    expect((await getApi(ann, first.id)).isDefaultVersion).toBe(true);
    expect((await getApi(ann, second.id)).isDefaultVersion).toBe(false);
  });

  it("does not take the endpoints of a live API away", async () => {
    const api = await newApi({ endpointUrl: undefined });
    const url = {
      kind: "single" as const,
      protocol: "rest" as const,
      production: { id: "a", url: "http://a.example" },
    };
    await updateApi(ann, api.id, { endpointConfig: url });
    await changeLifecycle(ann, api.id, "Publish");
    await expect(restoreApiRevision(ann, api.id, api.revision)).rejects.toMatchObject({
      kind: "invalid",
      items: [{ path: "endpointConfig" }],
    });
  });
});

describe("a secret in the history", () => {
  const withPassword = (password: string) => ({
    kind: "single" as const,
    protocol: "rest" as const,
    production: { id: "a", url: "http://a.example" },
    extra: { endpoint_security: { production: { password } } },
  });
  const storedConfig = async (apiId: string) =>
    JSON.stringify((await publisher.db.api.findUniqueOrThrow({ where: { id: apiId } })).endpointConfig);

  it("comes back sealed as it was, and is shown nowhere", async () => {
    const api = await newApi({ endpointUrl: undefined, endpointConfig: withPassword("first") });
    const before = await storedConfig(api.id);
    const second = await updateApi(ann, api.id, { endpointConfig: withPassword("second") });
    const restored = await restoreApiRevision(ann, api.id, api.revision);

    expect(await storedConfig(api.id)).toBe(before);
    const shown = [
      restored,
      await listApiHistory(ann, api.id),
      await compareApiRevisions(ann, api.id, second.revision, restored.revision),
      await listAuditEvents(admin, { subjectId: api.id }),
    ];
    expect(JSON.stringify(shown)).toContain("••• (changed)");
    expect(JSON.stringify(shown)).not.toMatch(/sealed:|first|second/);
  });

  it("that was sealed under another FAIRLEAD_SECRET is not restored as if it could be opened", async () => {
    const api = await newApi({ endpointUrl: undefined, endpointConfig: withPassword("first") });
    await updateApi(ann, api.id, { endpointConfig: withPassword("second") });
    const later = { ...ann, secret: "another secret of at least thirty-two characters" };
    await expect(restoreApiRevision(later, api.id, api.revision)).rejects.toMatchObject({
      kind: "invalid",
      message: expect.stringContaining("FAIRLEAD_SECRET"),
      items: [{ path: "endpointConfig" }],
    });
  });
});
