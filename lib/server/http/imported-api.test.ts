import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { GET } from "../../../app/api/am/publisher/v4/apis/export/route.ts";
import { POST } from "../../../app/api/am/publisher/v4/apis/import/route.ts";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/database.ts";
import samples from "../../model/wso2-endpoint-config.samples.json" with { type: "json" };
import { closeDatabase, database } from "../database.ts";
import { createUser } from "../users/create-user.ts";
import { createFirstAdministrator } from "../users/first-administrator.ts";
import { archiveOf } from "../wso2/testing/make-archive.ts";
import { restBasePath } from "./operation.ts";
import { restClient } from "./testing/rest-client.ts";

const secret = "a secret of at least thirty-two characters";
const account = { name: "Ada", email: "ada@example.com", password: "correct horse" };
const basic = (email: string, password: string) => `Basic ${Buffer.from(`${email}:${password}`).toString("base64")}`;
const authorization = basic(account.email, account.password);
const call = restClient(authorization);
let storage: TestDatabase;

beforeAll(async () => {
  storage = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", storage.url);
  vi.stubEnv("FAIRLEAD_SECRET", secret);
  const outside = { db: database(), secret, now: () => new Date() };
  const actor = await createFirstAdministrator(outside, account);
  for (const role of ["publisher", "viewer"] as const) {
    await createUser(
      { ...outside, actor },
      { name: role, email: `${role}@example.com`, password: `${role} pass`, role },
    );
  }
});
afterAll(async () => {
  await closeDatabase();
  await storage.drop();
});

const lineSchema = z.object({ outcome: z.string(), subject: z.string(), detail: z.string(), reason: z.string() });
const answerSchema = z.looseObject({
  lines: z.array(lineSchema).default([]),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
});

async function upload(bytes: Uint8Array<ArrayBuffer>, query = "", as = call) {
  const form = new FormData();
  form.set("file", new Blob([bytes]), "project.zip");
  const { status, body } = await as("POST", `/apis/import?${query}`, form);
  return { status, body: answerSchema.parse(body) };
}

async function download(id: unknown): Promise<Uint8Array<ArrayBuffer>> {
  const url = `http://publisher.test${restBasePath}/apis/export?apiId=${id}`;
  const request = new Request(url, { headers: { host: "publisher.test", authorization } });
  return new Uint8Array(await (await GET(request, { params: Promise.resolve({}) })).arrayBuffer());
}

let counter = 0;
function projectOf(more: object = {}) {
  counter += 1;
  const data = { name: `Imported ${counter}`, version: "1.0.0", context: `/imported-${counter}`, ...more };
  return {
    name: data.name,
    archive: archiveOf({ "P/api.json": JSON.stringify({ type: "api", version: "v4.1.0", data }) }),
  };
}

const countApis = async () => Number((await call("GET", "/apis?limit=1")).body.count);

/** Everything but what the installation decides anew for an API that is created again. */
function lasting({ id, createdTime, lastUpdatedTime, revision, ...rest }: Record<string, unknown>) {
  return rest;
}

describe("a project that is imported", () => {
  it.each(samples.slice(0, 5))("and exported and imported again is the same: $name", async ({ endpointConfig }) => {
    const operations = [
      { target: "/orders/{id}", verb: "GET", authType: "None", throttlingPolicy: "Gold", summary: "One" },
    ];
    const additionalProperties = [
      { name: "team", value: 'Sea: "7"' },
      { name: "Kosten-stelle", value: "1.0" },
    ];
    const texts = {
      tags: ["a"],
      additionalProperties,
      description: "x: y",
      lifeCycleStatus: "DEPRECATED",
      apiThrottlingPolicy: "Silver",
    };
    const { archive } = projectOf({ endpointConfig, operations, securityScheme: ["api_key"], ...texts });
    const first = await upload(archive);
    expect(first).toMatchObject({ status: 200, body: { action: "create" } });
    const exported = await download(first.body.id);
    expect(await upload(exported, "overwrite=true")).toMatchObject({
      status: 200,
      body: { action: "none", changes: [] },
    });
    const before = (await call("GET", `/apis/${first.body.id}`)).body;
    expect(before).toMatchObject({ lifeCycleStatus: "DEPRECATED", rateLimit: "Silver", tags: ["a"] });
    expect(before.additionalProperties).toEqual(additionalProperties.map((each) => ({ ...each, display: false })));
    await call("DELETE", `/apis/${first.body.id}`);
    const again = await upload(exported);
    expect(lasting((await call("GET", `/apis/${again.body.id}`)).body)).toEqual(lasting(before));
    expect(await download(again.body.id)).toEqual(exported);
    await call("DELETE", `/apis/${again.body.id}`);
  });

  it("says which tokens are good, as it was exported, and tells so", async () => {
    const jwt = {
      ...{ issuer: "https://issuer.example", audiences: ["shop"], jwksUrl: "https://issuer.example/jwks" },
      ...{
        scopes: ["read"],
        sandbox: { claim: "env", values: ["test"] },
        consumer: { claim: "azp", rateTier: "Gold" },
      },
    };
    const given = { name: "Tokens", version: "1", context: "/tokens", securityScheme: ["oauth2"], jwt };
    const { id } = (await call("POST", "/apis", given)).body;
    const before = (await call("GET", `/apis/${id}`)).body;
    const exported = await download(id);
    expect(await upload(exported, "overwrite=true")).toMatchObject({ status: 200, body: { action: "none" } });
    await call("DELETE", `/apis/${id}`);
    const again = await upload(exported);
    expect(again.body.lines).toContainEqual(
      expect.objectContaining({ outcome: "taken", subject: "Security", detail: "JWT bearer tokens" }),
    );
    expect(lasting((await call("GET", `/apis/${again.body.id}`)).body)).toEqual(lasting(before));
  });

  it("has its documents again, and those that say the same stay as they are", async () => {
    const { archive } = projectOf();
    const { body } = await upload(archive);
    const api = `/apis/${body.id}`;
    const documents = [
      {
        name: "Getting started",
        type: "HOWTO",
        summary: "x: y",
        sourceType: "MARKDOWN",
        inlineContent: "\ufeff# Hi\r\n",
      },
      { name: "Notes 1.0 (ä)", type: "OTHER", sourceType: "MARKDOWN", inlineContent: "" },
      { name: "Forum", type: "PUBLIC_FORUM", sourceType: "URL", sourceUrl: "https://forum.example/a?b=c" },
    ];
    for (const document of documents) expect((await call("POST", `${api}/documents`, document)).status).toBe(201);
    const listed = (await call("GET", `${api}/documents`)).body;
    const exported = await download(body.id);
    expect((await upload(exported, "overwrite=true")).body).toMatchObject({ action: "none", changes: [] });
    expect((await call("GET", `${api}/documents`)).body).toEqual(listed);
    await call("POST", `${api}/documents`, { name: "Later", sourceType: "MARKDOWN" });
    const dry = await upload(exported, "overwrite=true&dryRun=true");
    expect(dry.body.changes).toEqual([{ subject: "Document Later", before: "0 octets", after: null }]);
    expect((await call("GET", `${api}/documents`)).body.count).toBe(4);
    expect((await upload(exported, "overwrite=true")).body).toMatchObject({ action: "update" });
    expect((await call("GET", `${api}/documents`)).body).toEqual(listed);
    await call("DELETE", api);
    const again = await upload(exported);
    expect(again.body.lines.filter(({ subject }) => subject === "Document")).toHaveLength(3);
    expect(await download(again.body.id)).toEqual(exported);
  });

  it("has none of its documents where the API itself is refused", async () => {
    const { archive } = projectOf({ context: "no context" });
    const before = await database().apiDocumentation.count();
    expect((await upload(archive)).status).toBe(400);
    expect(await database().apiDocumentation.count()).toBe(before);
  });

  it("is open as it was, and knows which of its operations would not be", async () => {
    const operations = [
      {
        target: "/a",
        verb: "GET",
        authType: "Application & Application User",
        throttlingPolicy: "Unlimited",
        summary: "",
      },
      { target: "/b", verb: "GET", authType: "None", throttlingPolicy: "Unlimited", summary: "" },
    ];
    const given = { name: "Wide", version: "1", context: "/wide", securityScheme: [], operations };
    const { id } = (await call("POST", "/apis", given)).body;
    const exported = await download(id);
    await call("DELETE", `/apis/${id}`);
    const again = await upload(exported);
    expect((await call("GET", `/apis/${again.body.id}`)).body).toMatchObject({ securityScheme: [], operations });
  });

  it("keeps what its endpoints ask for over an API that has the secrets, and is switched off where nobody has them", async () => {
    const { archive } = projectOf({ endpointConfig: samples[5]?.endpointConfig });
    const { body } = await upload(archive);
    const exported = await download(body.id);
    expect(await upload(exported, "overwrite=true")).toMatchObject({ status: 200, body: { action: "none" } });
    await call("DELETE", `/apis/${body.id}`);
    const again = await upload(exported);
    const security = await call("GET", `/apis/${again.body.id}`);
    expect(security.body.endpointConfig).toMatchObject({
      endpoint_security: { production: { enabled: false, type: "BASIC", username: "prodUser", password: "" } },
    });
    expect(again.body.lines).toContainEqual(
      expect.objectContaining({ outcome: "changed", reason: "Enter the password. That is done under Endpoints." }),
    );
  });

  it("has its definition, and gives it back as it was written", async () => {
    const text = "openapi: 3.0.1\ninfo: {title: T, version: '1'}\npaths: {}\n# kept\n";
    const data = { name: "Defined", version: "1", context: "/defined" };
    const archive = archiveOf({
      "api.json": JSON.stringify({ type: "api", data }),
      "Definitions/swagger.yaml": text,
    });
    const { body } = await upload(archive);
    expect((await call("GET", `/apis/${body.id}`)).body.definition).toMatchObject({ syntax: "yaml" });
    expect(Buffer.from(await download(body.id)).includes("Definitions/swagger.yaml")).toBe(true);
    const again = await upload(await download(body.id), "overwrite=true");
    expect(again.body).toMatchObject({ action: "none" });
  });

  it("is only looked at with dryRun: what it would be, what is in its way, and nothing written", async () => {
    const { name, archive } = projectOf();
    const before = await countApis();
    expect(await upload(archive, "dryRun=true")).toMatchObject({
      status: 200,
      body: { action: "create", id: null, name, form: "4.x", environments: [] },
    });
    expect(await countApis()).toBe(before);
    await upload(archive);
    const { status, body } = await upload(archive, "dryRun=true");
    expect(status).toBe(200);
    expect(body).toMatchObject({ action: "refused", message: expect.stringContaining("exists already") });
    expect(body.errors[0]?.path).toBe("name");
    expect(body.lines.length).toBeGreaterThan(0);
  });

  it("is a conflict where its name and version are taken, and goes in under others, or in their place", async () => {
    const { name, archive } = projectOf({ description: "first" });
    await upload(archive);
    expect((await upload(archive)).status).toBe(409);
    expect(await upload(archive, "version=2.0.0&context=/other-one")).toMatchObject({
      status: 200,
      body: { action: "create", name, version: "2.0.0", context: "/other-one" },
    });
    const data = { name, version: "1.0.0", context: `/imported-${counter}`, description: "second" };
    const changed = archiveOf({ "api.json": JSON.stringify({ type: "api", data }) });
    const replaced = await upload(changed, "overwrite=true&comment=from%20WSO2");
    expect(replaced).toMatchObject({ status: 200, body: { action: "update" } });
    expect(replaced.body.changes).toEqual([{ subject: "Description", before: "first", after: "second" }]);
    const { list } = (await call("GET", `/apis/${replaced.body.id}/revisions`)).body;
    expect(JSON.stringify(list)).toContain("from WSO2");
  });

  it("is told with its path where a value is wrong, and nothing is written", async () => {
    const before = await countApis();
    const { archive } = projectOf({
      endpointConfig: { endpoint_type: "http", production_endpoints: { url: "nowhere" } },
    });
    const { status, body } = await upload(archive, "dryRun=true");
    expect(status).toBe(200);
    expect(body.errors[0]?.path).toBe("endpointConfig.production_endpoints.url");
    expect((await upload(archive)).status).toBe(400);
    expect(await countApis()).toBe(before);
  });

  it("belongs to whoever imports it, and takes nobody's place who may not", async () => {
    const { archive } = projectOf();
    expect((await upload(archive)).status).toBe(200);
    const publisher = restClient(basic("publisher@example.com", "publisher pass"));
    expect((await upload(archive, "overwrite=true", publisher)).status).toBe(403);
    expect((await upload(archive, "", publisher)).status).toBe(409);
    const viewer = restClient(basic("viewer@example.com", "viewer pass"));
    expect((await upload(archive, "dryRun=true", viewer)).status).toBe(403);
  });
});

describe("an upload", () => {
  const send = async (body: BodyInit, contentType: string, more: Record<string, string> = {}) => {
    const headers = { host: "publisher.test", authorization, "content-type": contentType, ...more };
    const init = { method: "POST", headers, body, duplex: "half" };
    const request = new Request(`http://publisher.test${restBasePath}/apis/import?dryRun=true`, init);
    return POST(request, { params: Promise.resolve({}) });
  };

  it("may be the archive itself", async () => {
    expect((await send(projectOf().archive, "application/zip")).status).toBe(200);
  });

  it.each([
    ["is JSON", "{}", "application/json", 415],
    ["is no form though it says so", "x", "multipart/form-data", 400],
    [
      "has no file",
      '--b\r\nContent-Disposition: form-data; name="file"\r\n\r\ntext\r\n--b--\r\n',
      "multipart/form-data; boundary=b",
      400,
    ],
    ["is no archive", "type: api", "application/zip", 400],
  ])("is refused where it %s", async (_, body, contentType, status) => {
    expect((await send(body, contentType)).status).toBe(status);
  });

  it("is refused before it is read where it says that it has 50 MB, and while it comes where it does not say", async () => {
    let sent = 0;
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          sent += 1;
          if (sent > 50) controller.close();
          else controller.enqueue(new Uint8Array(1024 * 1024));
        },
      });
    const told = await send(endless(), "application/zip", { "content-length": "52428800" });
    expect([told.status, sent]).toEqual([413, expect.toSatisfy((count: number) => count <= 1)]);
    sent = 0;
    expect((await send(endless(), "application/zip")).status).toBe(413);
    expect(sent).toBeLessThan(14);
  });
});
