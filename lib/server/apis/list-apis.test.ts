import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiListRequest } from "../../model/api-query.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher } from "../testing/publisher.ts";
import { createApi } from "./create-api.ts";
import { listApis } from "./list-apis.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let bob: ServerContext;
let admin: ServerContext;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  bob = await publisher.person("Bob");
  admin = await publisher.person("Ada", "admin");
  const endpointUrl = "http://a.example";
  await createApi(ann, { name: "Pizza Shack", context: "/pizza", version: "1.0.0", endpointUrl, publish: true });
  await createApi(ann, {
    name: "Delivery",
    context: "/delivery",
    version: "2",
    tags: ["pizza"],
    properties: [
      { name: "Cost-Centre", value: "north 7" },
      { name: "team", value: "Sea & Air" },
    ],
    displayName: "100% fast",
  });
  await createApi(ann, { name: "Under_score", context: "/under_score", version: "1", displayName: "Fifty percent" });
  await createApi(bob, { name: "Bobs", context: "/bobs", version: "1.0.0", description: "pizza" });
});
afterAll(() => publisher?.close());

async function namesOf(context: ServerContext, request: ApiListRequest): Promise<string[]> {
  return (await listApis(context, request)).apis.map(({ name }) => name);
}

describe("the list of APIs", () => {
  it("shows publishers their own and administrators all, last changed first", async () => {
    expect(await namesOf(ann, {})).toEqual(["Under_score", "Delivery", "Pizza Shack"]);
    expect(await namesOf(admin, {})).toEqual(["Bobs", "Under_score", "Delivery", "Pizza Shack"]);
  });

  it("tells what a line needs", async () => {
    const { apis } = await listApis(ann, { query: "shack" });
    expect(apis).toMatchObject([
      {
        name: "Pizza Shack",
        displayName: "Pizza Shack",
        context: "/pizza",
        lifecycleState: "PUBLISHED",
        endpointType: "single",
        owner: { name: "Ann", email: ann.actor.email },
      },
    ]);
  });

  it.each<[string, string[]]>([
    ["pizza", ["Delivery", "Pizza Shack"]],
    ["PIZZA shack", ["Pizza Shack"]],
    ['"pizza shack"', ["Pizza Shack"]],
    ['"shack pizza"', []],
    ["name:pizza", ["Pizza Shack"]],
    ['name:"pizza sh"', ["Pizza Shack"]],
    ["context:/DEL", ["Delivery"]],
    ["version:1.0", ["Pizza Shack", "Bobs"]],
    ["status:published", ["Pizza Shack"]],
    ["status:created provider:bob", ["Bobs"]],
    ["provider:example.com name:bobs", ["Bobs"]],
    ["fifty", ["Under_score"]],
    ["cost-centre:NORTH", ["Delivery"]],
    ["cost-centre:7", ["Delivery"]],
    ['Cost-Centre:"orth 7" team:air', ["Delivery"]],
    ["team:north", []],
    ["centre:7", []],
    ["cost_centre:7", []],
    ["cost-%:7", []],
    ["sea", ["Delivery"]],
    ["cost-centre", ["Delivery"]],
    ["%", ["Delivery"]],
    ["r_s", ["Under_score"]],
    ["\\", []],
    ["' OR 1=1 --", []],
  ])("finds for %s: %j", async (query, names) => {
    expect((await namesOf(admin, { query })).toSorted()).toEqual(names.toSorted());
  });

  it("pages and sorts, and counts all pages", async () => {
    const sort = { field: "name", direction: "asc" } as const;
    const page = await listApis(admin, { limit: 2, offset: 1, sort });
    expect(page.total).toBe(4);
    expect(page.apis.map(({ name }) => name)).toEqual(["Delivery", "Pizza Shack"]);
    expect(await namesOf(admin, { sort: { field: "provider", direction: "desc" }, limit: 1 })).toEqual(["Bobs"]);
  });

  it.each<[ApiListRequest, string]>([
    [{ limit: 0 }, "limit"],
    [{ limit: 501 }, "limit"],
    [{ offset: -1 }, "offset"],
    [{ query: "x".repeat(501) }, "query"],
    [{ query: "a\0" }, "query"],
  ])("refuses %j", async (request, path) => {
    await expect(listApis(admin, request)).rejects.toMatchObject({ kind: "invalid", items: [{ path }] });
  });

  it("finds among ten thousand APIs, and says how long it took", async () => {
    await publisher.db.$executeRaw`
      INSERT INTO api (id, name, version, display_name, description, context, path, tags, properties, is_default, lifecycle_state,
        api_key_required, endpoint_type, owner_id, revision, change_revision, created_at, updated_at)
      SELECT gen_random_uuid(), 'Many ' || n, '1', CASE WHEN n % 10 = 0 THEN 'Soup ' ELSE 'Many ' END || n, '', '/m/' || n,
        '/m/' || n || '/1', ARRAY['load'],
        (SELECT array_agg('property-' || p || ':value ' || n || ' of this API') FROM generate_series(1, 10) AS p), false, 'CREATED', true, 'none', ${bob.actor.id}, 1, 1, now(), now()
      FROM generate_series(1, 10000) AS n`;
    await publisher.db.$executeRaw`ANALYZE api`;
    const requests: ApiListRequest[] = [
      {},
      { query: "soup" },
      { query: 'property-7:"9 of"' },
      { query: "name:99 status:created", offset: 50 },
    ];
    for (const request of requests) {
      await listApis(admin, request);
      const started = performance.now();
      const { total } = await listApis(admin, request);
      const tookMs = Math.round(performance.now() - started);
      console.log(`${JSON.stringify(request)}: ${total} of 10,004 APIs in ${tookMs} ms`);
      expect(total).toBeGreaterThan(100);
    }
  });
});
