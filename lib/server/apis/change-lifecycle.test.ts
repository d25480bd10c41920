import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { changeLifecycle } from "./change-lifecycle.ts";
import { createApi } from "./create-api.ts";

let publisher: TestPublisher;
let ann: ServerContext;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
});
afterAll(() => publisher?.close());

describe("the lifecycle of an API", () => {
  it("leads from publishing to retirement, each step a revision of its own", async () => {
    const api = await createApi(ann, { name: "A", context: "/a", version: "1", endpointUrl: "http://a.example" });
    const states: string[] = [];
    for (const action of ["Publish", "Block", "Re-Publish", "Demote to Created", "Publish", "Deprecate", "Retire"]) {
      states.push((await changeLifecycle(ann, api.id, action)).lifecycleState);
    }
    expect(states).toEqual(["PUBLISHED", "BLOCKED", "PUBLISHED", "CREATED", "PUBLISHED", "DEPRECATED", "RETIRED"]);
    const revisions = await publisher.db.apiRevision.findMany({
      where: { apiId: api.id },
      orderBy: { revision: "asc" },
    });
    expect(revisions.map(({ action }) => action).slice(0, 3)).toEqual(["Create", "Publish", "Block"]);
    expect(revisions).toHaveLength(8);
  });

  it("does not publish without an endpoint", async () => {
    const api = await createApi(ann, { name: "B", context: "/b", version: "1" });
    await expect(changeLifecycle(ann, api.id, "Publish")).rejects.toMatchObject({
      kind: "invalid",
      items: [{ path: "endpointConfig" }],
    });
  });

  it.each(["Retire", "publish", "", "Explode"])("refuses %j and names what is possible", async (action) => {
    const api = await createApi(ann, { name: `C${action}`, context: `/c${action}`, version: "1" });
    await expect(changeLifecycle(ann, api.id, action)).rejects.toMatchObject({
      kind: "invalid",
      message: expect.stringContaining("Possible now: Publish."),
      items: [{ path: "action" }],
    });
  });

  it("lets one of two people who press the same button do it", async () => {
    const api = await createApi(ann, { name: "D", context: "/d", version: "1", endpointUrl: "http://a.example" });
    const results = await Promise.allSettled([
      changeLifecycle(ann, api.id, "Publish"),
      changeLifecycle(ann, api.id, "Publish"),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });
});
