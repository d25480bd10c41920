import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { NewApi } from "../../model/new-api.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { createApi } from "./create-api.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let bob: ServerContext;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  bob = await publisher.person("Bob");
});
afterAll(() => publisher?.close());

const pizza = { name: "Pizza", context: "/pizza", version: "1", endpointUrl: "http://backend.example/api" };

async function revisionNow(): Promise<number> {
  return (await publisher.db.configRevision.findUniqueOrThrow({ where: { id: 1 } })).revision;
}

describe("creating an API", () => {
  it("stores it with its owner, one revision, an audit event and one endpoint for both key types", async () => {
    const api = await createApi(ann, pizza);

    expect(api).toMatchObject({
      name: "Pizza",
      displayName: "Pizza",
      lifecycleState: "CREATED",
      apiKeyRequired: true,
      owner: { name: "Ann" },
      endpointConfig: {
        kind: "single",
        production: { url: "http://backend.example/api" },
        sandbox: { url: "http://backend.example/api" },
      },
    });
    const row = await publisher.db.api.findUniqueOrThrow({ where: { id: api.id } });
    expect(row).toMatchObject({ path: "/pizza/1", endpointType: "single", revision: api.revision });
    expect(row.changeRevision).toBe(await revisionNow());
    const revisions = await publisher.db.apiRevision.findMany({ where: { apiId: api.id } });
    expect(revisions).toMatchObject([{ revision: api.revision, action: "Create", actorName: "Ann" }]);
    const events = await publisher.db.auditEvent.findMany({ where: { subjectId: api.id } });
    expect(events).toMatchObject([{ action: "api.create", subject: "Pizza 1", actorName: "Ann" }]);
  });

  it("publishes at once when asked to", async () => {
    const input = { ...pizza, name: "Live", context: "live", publish: true };
    expect(await createApi(ann, input)).toMatchObject({ lifecycleState: "PUBLISHED", context: "/live" });
  });

  it("needs an endpoint to publish", async () => {
    const input = { name: "No Endpoint", context: "/none", version: "1", publish: true };
    await expect(createApi(ann, input)).rejects.toMatchObject({ kind: "invalid", items: [{ path: "endpointUrl" }] });
  });

  it.each([
    ["the same name and version", { context: "/other" }, "name", /Pizza 1 exists already/],
    ["a context in use", { name: "Other" }, "context", /taken by Pizza 1.*Create New Version/],
    ["its own context with another version", { version: "2" }, "context", /taken by Pizza 1/],
  ])("refuses %s", async (_, change, path, message) => {
    const problem = { kind: "conflict", items: [{ path, message: expect.stringMatching(message) }] };
    await expect(createApi(ann, { ...pizza, ...change })).rejects.toMatchObject(problem);
  });

  it.each([
    ["name", { context: "/bobs", version: "7" }],
    ["context", { name: "Bobs" }],
  ])("does not tell whose a taken %s is", async (path, change) => {
    const problem = await createApi(bob, { ...pizza, ...change }).catch((error: unknown) => error);
    expect(problem).toMatchObject({ kind: "conflict", items: [{ path }] });
    expect(String(problem)).toContain("an API of another publisher");
    expect(String(problem)).not.toContain("Ann");
  });

  it.each<[string, object, string]>([
    ["a name with a slash", { name: "a/b" }, "name"],
    ["a context with a space", { context: "/a b" }, "context"],
    ["no version", { version: "" }, "version"],
    ["an endpoint that is no URL", { endpointUrl: "backend" }, "endpointUrl"],
    ["a field it does not know", { owner: "me" }, ""],
    ["a character PostgreSQL cannot store", { description: "a\0b" }, "description"],
    ["half a character", { tags: ["\ud800"] }, "tags.0"],
  ])("refuses %s at its field", async (_, change, path) => {
    const input: NewApi = { ...pizza, ...change };
    await expect(createApi(ann, input)).rejects.toMatchObject({ kind: "invalid", items: [{ path }] });
  });

  it("leaves nothing behind when it fails", async () => {
    const before = await revisionNow();
    await expect(createApi(ann, pizza)).rejects.toThrow();
    expect(await revisionNow()).toBe(before);
  });

  it("refuses a default version where a version of another API answers, and the reverse", async () => {
    await createApi(ann, { name: "Version at one", context: "/one", version: "5" });
    const input = { name: "Default at one", context: "/one/5", version: "1", isDefaultVersion: true };
    const refused = { kind: "conflict", items: [{ path: "isDefaultVersion" }] };
    await expect(createApi(ann, input)).rejects.toMatchObject(refused);

    await createApi(ann, { name: "Default at two", context: "/{version}/two/5", version: "1", isDefaultVersion: true });
    const versioned = { name: "Version at two", context: "/two", version: "5" };
    await expect(createApi(ann, versioned)).rejects.toMatchObject({ kind: "conflict", items: [{ path: "context" }] });
  });

  it("lets one of twenty at once win", async () => {
    const before = await revisionNow();
    const attempts = Array.from({ length: 20 }, (_, index) =>
      createApi(index % 2 === 0 ? ann : bob, { ...pizza, name: "Contested", context: `/contested-${index}` }),
    );
    const results = await Promise.allSettled(attempts);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected")
        expect(result.reason).toMatchObject({ kind: "conflict", items: [{ path: "name" }] });
    }
    expect(await revisionNow()).toBe(before + 1);
  });

  it("gives revisions in the order of commits", async () => {
    const created = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        createApi(ann, { ...pizza, name: `Row ${index}`, context: `/row-${index}` }),
      ),
    );
    const revisions = created.map(({ revision }) => revision).sort((a, b) => a - b);
    expect(new Set(revisions).size).toBe(10);
    expect(revisions.at(-1)).toBe(await revisionNow());
  });
});
