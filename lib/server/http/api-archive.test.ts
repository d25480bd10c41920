import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { GET } from "../../../app/api/am/publisher/v4/apis/export/route.ts";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/database.ts";
import samples from "../../model/wso2-endpoint-config.samples.json" with { type: "json" };
import { closeDatabase, database } from "../database.ts";
import { createFirstAdministrator } from "../users/first-administrator.ts";
import { restBasePath } from "./operation.ts";
import { restClient } from "./testing/rest-client.ts";

const secret = "a secret of at least thirty-two characters";
const account = { name: "Ada", email: "ada@example.com", password: "correct horse" };
const authorization = `Basic ${Buffer.from(`${account.email}:${account.password}`).toString("base64")}`;
const call = restClient(authorization);
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

const projectFile = z.object({ type: z.literal("api"), version: z.string(), data: z.record(z.string(), z.unknown()) });

async function download(query: string): Promise<{ headers: Headers; bytes: Uint8Array; files: Map<string, string> }> {
  const url = `http://publisher.test${restBasePath}/apis/export?${query}`;
  const request = new Request(url, { headers: { host: "publisher.test", authorization } });
  const response = await GET(request, { params: Promise.resolve({}) });
  expect(response.status).toBe(200);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const files = new Map(Object.entries(unzipSync(bytes)).map(([path, content]) => [path, strFromU8(content)]));
  return { headers: response.headers, bytes, files };
}

/** Everything but what the installation decides anew for an API that is created again. */
function lasting({ id, createdTime, lastUpdatedTime, revision, ...rest }: Record<string, unknown>) {
  return rest;
}

describe("the archive of an API", () => {
  // An archive holds no secrets, and without them this one is only taken by the import, which tells of it.
  it.each(samples.slice(0, 5))("gives the API back where it is created again: $name", async ({ endpointConfig }) => {
    const given = {
      name: "Pizza",
      context: "/pizza",
      version: "1.0",
      description: 'yes: "no"\n- &a *a',
      endpointConfig,
      operations: [{ target: "/orders/{id}", verb: "GET", throttlingPolicy: "Gold", summary: "One order" }],
    };
    const { id } = (await call("POST", "/apis", { ...given, tags: ["on", "1.0"], maxRequestBodyBytes: 1024 })).body;
    const before = (await call("GET", `/apis/${id}`)).body;
    const { files } = await download(`apiId=${id}`);
    const { data } = projectFile.parse(parse(files.get("Pizza-1.0/api.yaml") ?? ""));
    await call("DELETE", `/apis/${id}`);
    const again = (await call("POST", "/apis", data)).body;
    expect(lasting(again)).toEqual(lasting(before));
    await call("DELETE", `/apis/${again.id}`);
  });

  it("is the same bytes each time, in either syntax, by id or by name and version", async () => {
    const { id } = (await call("POST", "/apis", { name: "Größe", context: "/size", version: "1" })).body;
    const first = await download(`apiId=${id}`);
    expect((await download("name=Gr%C3%B6%C3%9Fe&version=1")).bytes).toEqual(first.bytes);
    expect(first.headers.get("content-type")).toBe("application/zip");
    expect(first.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe-1.zip");
    expect([...first.files.keys()]).toEqual([
      ...["Größe-1/api.yaml", "Größe-1/Definitions/swagger.yaml", "Größe-1/deployment_environments.yaml"],
    ]);
    const { files } = await download(`apiId=${id}&format=JSON`);
    const read = (text = "") => projectFile.parse(JSON.parse(text)).data;
    expect(read(files.get("Größe-1/api.json"))).toEqual(
      projectFile.parse(parse(first.files.get("Größe-1/api.yaml") ?? "")).data,
    );
  });

  it("holds no secret of an endpoint", async () => {
    const given = { name: "Secured", context: "/secured", version: "1", endpointConfig: samples[5]?.endpointConfig };
    const { id } = (await call("POST", "/apis", given)).body;
    const text = [...(await download(`apiId=${id}`)).files.values()].join();
    expect(text).toContain("prodUser");
    expect(text).not.toMatch(/prodPass|sandPass/);
  });

  it("tells WSO2 of an open API by its operations", async () => {
    const { id } = (await call("POST", "/apis", { name: "Open", context: "/open", version: "1", securityScheme: [] }))
      .body;
    const { data } = projectFile.parse(parse((await download(`apiId=${id}`)).files.get("Open-1/api.yaml") ?? ""));
    expect(data.operations).toContainEqual(expect.objectContaining({ verb: "GET", target: "/*", authType: "None" }));
  });

  it.each([
    ["neither id nor name", "", 400],
    ["a name without a version", "?name=Open", 400],
    ["a format that there is not", "?name=Open&version=1&format=XML", 400],
    ["an API that there is not", "?name=Nothing&version=1", 404],
    ["an id that there is not", "?apiId=nonsense", 404],
  ])("is refused for %s", async (_what, query, status) => {
    expect((await call("GET", `/apis/export${query}`)).status).toBe(status);
  });
});
