import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/database.ts";
import { closeDatabase, database } from "../database.ts";
import { createFirstAdministrator } from "../users/first-administrator.ts";
import { restClient } from "./testing/rest-client.ts";

const secret = "a secret of at least thirty-two characters";
const account = { name: "Ada", email: "ada@example.com", password: "correct horse" };
const call = restClient(`Basic ${Buffer.from(`${account.email}:${account.password}`).toString("base64")}`);
let storage: TestDatabase;

beforeAll(async () => {
  storage = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", storage.url);
  vi.stubEnv("FAIRLEAD_SECRET", secret);
  await createFirstAdministrator({ db: database(), secret, now: () => new Date() }, account);
});
afterAll(async () => {
  await closeDatabase();
  await storage.drop();
});

const document = { name: "Pizza", context: "/pizza", version: "1" };

describe("guarded publishes over REST", () => {
  it("are set, read, watched, kept and put away", async () => {
    const endpointConfig = { endpoint_type: "http", production_endpoints: { url: "http://a.example" } };
    const given = { ...document, name: "Guarded", context: "/guarded", endpointConfig };
    const { id } = (await call("POST", "/apis", given)).body;
    await call("POST", `/apis/change-lifecycle?apiId=${id}&action=Publish`);
    const settings = { enabled: true, watchMinutes: 3, maxErrorPoints: 2.5, maxLatencyPercent: 50, minRequests: 10 };
    expect((await call("GET", `/apis/${id}/guard`)).body).toMatchObject({ enabled: false, watchMinutes: 10 });
    expect(await call("PUT", `/apis/${id}/guard`, settings)).toMatchObject({ status: 200, body: settings });
    expect((await call("GET", `/apis/${id}/guard`)).body).toEqual(settings);
    const wrong = await call("PUT", `/apis/${id}/guard`, { ...settings, watchMinutes: 90 });
    expect(wrong).toMatchObject({ status: 400, body: { error: [{ path: "watchMinutes" }] } });

    const saved = (await call("PUT", `/apis/${id}`, { ...given, securityScheme: [] })).body;
    const watched = (await call("GET", `/apis/${id}/guard/watches`)).body;
    expect(watched).toMatchObject({
      count: 1,
      list: [{ state: "watching", revision: saved.revision, author: "Ada", settings, endedTime: null }],
    });
    const [watch] = Array.isArray(watched.list) ? watched.list : [];
    const path = `/apis/${id}/guard/watches/${Object(watch).id}`;
    expect((await call("POST", `${path}/dismiss`)).status).toBe(400);
    expect((await call("POST", `${path}/keep`)).status).toBe(200);
    expect((await call("POST", `${path}/keep`)).status).toBe(400);
    expect((await call("POST", `/apis/${id}/guard/watches/nonsense/keep`)).status).toBe(404);
    expect((await call("GET", `/apis/${id}/guard/watches`)).body).toMatchObject({ list: [{ state: "kept" }] });
  });
});

describe("scheduled publishes over REST", () => {
  it("are made, listed, moved, published and cancelled", async () => {
    const endpointConfig = { endpoint_type: "http", production_endpoints: { url: "http://a.example" } };
    const given = { ...document, name: "Later", context: "/later", endpointConfig };
    const created = (await call("POST", "/apis", given)).body;
    const path = `/apis/${created.id}/scheduled-publishes`;
    const publishAt = new Date(Date.now() + 3_600_000).toISOString();
    const when = `?publishAt=${publishAt}&timeZone=Europe/Berlin&comment=Tonight`;
    const changed = { ...given, description: "New." };

    const stale = await call("POST", path + when, changed, { "If-Match": '"1"' });
    expect(stale.status).toBe(412);
    const scheduled = await call("POST", path + when, changed, { "If-Match": `"${created.revision}"` });
    expect(scheduled).toMatchObject({
      status: 201,
      body: { state: "scheduled", publishAt, timeZone: "Europe/Berlin", description: "Tonight", author: "Ada" },
    });
    expect((await call("GET", path)).body).toMatchObject({
      count: 1,
      list: [{ id: scheduled.body.id, changes: [{ summary: "Description empty → New." }], changedMeanwhile: [] }],
    });
    const one = `${path}/${scheduled.body.id}`;
    expect((await call("PUT", one, { publishAt: "soon" })).body).toMatchObject({ error: [{ path: "publishAt" }] });
    expect((await call("PUT", one, { publishAt, comment: "Tomorrow" })).status).toBe(200);
    const published = await call("POST", `${one}/publish`, undefined, { "If-Match": `"${created.revision}"` });
    expect(published).toMatchObject({ status: 200, body: { description: "New." } });
    expect((await call("DELETE", one)).status).toBe(400);
    expect((await call("GET", path)).body).toMatchObject({
      list: [{ state: "published", revision: published.body.revision, description: "Tomorrow" }],
    });
    expect((await call("DELETE", `${path}/nonsense`)).status).toBe(404);
    const uncallable = {
      ...given,
      endpointConfig: { ...endpointConfig, production_endpoints: { url: "http://a.x/ü" } },
    };
    expect(await call("POST", path + when, uncallable)).toMatchObject({
      status: 400,
      body: { error: [{ path: "endpointConfig.production_endpoints.url" }] },
    });
  });
});

describe("the history over REST", () => {
  it("lists, shows, compares and restores revisions", async () => {
    const created = (await call("POST", "/apis", document)).body;
    const path = `/apis/${created.id}`;
    const changed = { ...document, description: "New.", securityScheme: [] };
    const saved = (await call("PUT", `${path}?comment=Open+to+everybody`, changed)).body;

    const list = (await call("GET", `${path}/revisions?limit=1`)).body;
    expect(list).toMatchObject({
      count: 1,
      list: [
        {
          id: String(saved.revision),
          previousId: String(created.revision),
          displayName: "Save",
          description: "Open to everybody",
          author: "Ada",
          changes: [{ summary: "Description empty → New." }, { summary: "API key no longer required" }],
        },
      ],
      pagination: { total: 2, limit: 1, next: `${path}/revisions?limit=1&before=${saved.revision}` },
    });
    const older = (await call("GET", `${path}/revisions?limit=1&before=${saved.revision}`)).body;
    expect(older).toMatchObject({ list: [{ id: String(created.revision), changes: null }], pagination: { next: "" } });

    const first = (await call("GET", `${path}/revisions/${created.revision}`)).body;
    expect(first).toMatchObject({ apiInfo: { name: "Pizza", description: "", securityScheme: ["api_key"] } });
    const comparison = await call("GET", `${path}/revisions/compare?from=${saved.revision}&to=${created.revision}`);
    expect(comparison.body).toMatchObject({
      changes: [{ summary: "Description New. → empty" }, { summary: "API key required" }],
    });

    const restore = `${path}/restore-revision?revisionId=${created.revision}&comment=Back`;
    expect((await call("POST", restore, undefined, { "If-Match": `"${created.revision}"` })).status).toBe(412);
    const restored = await call("POST", restore, undefined, { "If-Match": `"${saved.revision}"` });
    expect(restored).toMatchObject({ status: 201, body: { description: "", securityScheme: ["api_key"] } });
    expect(restored.headers.get("etag")).toBe(`"${restored.body.revision}"`);
  });

  it.each([
    ["GET", "/revisions?limit=0", 400],
    ["GET", "/revisions?before=x", 400],
    ["GET", "/revisions/99999999999", 404],
    ["GET", "/revisions/nonsense", 404],
    ["GET", "/revisions/2147483648", 404],
    ["GET", "/revisions/compare?from=1", 400],
    ["GET", "/revisions/compare?from=1&to=2147483647", 404],
    ["POST", "/restore-revision", 400],
    ["POST", "/restore-revision?revisionId=2147483647", 404],
    ["POST", `/restore-revision?revisionId=1&comment=${"x".repeat(501)}`, 400],
  ] as const)("%s %s is answered with %d", async (method, path, status) => {
    const { body } = await call("GET", "/apis");
    const [api] = Array.isArray(body.list) ? body.list : [];
    const reply = await call(method, `/apis/${Object(api).id}${path}`);
    expect({ status: reply.status, body: reply.body }).toMatchObject({
      status,
      body: { description: expect.any(String) },
    });
  });
});
