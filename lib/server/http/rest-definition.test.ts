import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/database.ts";
import { closeDatabase, database } from "../database.ts";
import { log } from "../log.ts";
import { createAccessToken } from "../users/access-tokens.ts";
import { type RestCall, restClient } from "./testing/rest-client.ts";

let storage: TestDatabase;
let call: RestCall;
let authorization: string;

beforeAll(async () => {
  storage = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", storage.url);
  vi.stubEnv("FAIRLEAD_SECRET", "a secret of at least thirty-two characters");
  log.level = "silent";
  const db = database();
  const actor = { id: randomUUID(), name: "Ann", email: "ann@example.com", role: "publisher" as const };
  await db.user.create({ data: actor });
  const context = { db, actor, secret: "", now: () => new Date() };
  authorization = `Bearer ${(await createAccessToken(context, { name: "test", scope: "write" })).secret}`;
  call = restClient(authorization);
});
afterAll(async () => {
  await closeDatabase();
  await storage.drop();
});

const orders = `# Written by hand.
openapi: 3.0.3
info: { title: "Orders & more", version: "2.1" , description: Buys things. }
paths:
  /orders: { get: { summary: All, responses: { "200": { description: Fine } } } }
  /orders/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { responses: { "200": { description: Fine } } }
`;
const noBraces = orders.replace("openapi: 3.0.3", "openapi: 3.0.3\nx: [");

function form(fields: Record<string, string | Uint8Array<ArrayBuffer>>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === "string") data.set(name, value);
    else data.set(name, new Blob([value]), "openapi.yaml");
  }
  return data;
}
const octets = (text: string) => new TextEncoder().encode(text);
const targets = (operations: unknown) =>
  Array.isArray(operations) ? operations.map(({ verb, target }) => `${verb} ${target}`) : operations;

async function importOrders(more: object = {}): Promise<string> {
  const additionalProperties = JSON.stringify({ name: randomUUID(), context: `/${randomUUID()}`, ...more });
  const { status, body } = await call(
    "POST",
    "/apis/import-openapi",
    form({ file: octets(orders), additionalProperties }),
  );
  expect({ status, body }).toMatchObject({ status: 201 });
  return String(body.id);
}

/** The document as it is given, which need not be JSON. */
async function download(id: string, accept: string) {
  const { GET } = await import("../../../app/api/am/publisher/v4/apis/[apiId]/swagger/route.ts");
  const request = new Request("http://publisher.test/", { headers: { authorization, accept } });
  const response = await GET(request, { params: Promise.resolve({ apiId: id }) });
  return { type: response.headers.get("content-type"), text: await response.text() };
}

describe("importing an OpenAPI document over REST", () => {
  it("makes an API of a file, named as the document names it, and keeps the document as it was written", async () => {
    const { status, headers, body } = await call(
      "POST",
      "/apis/import-openapi",
      form({ file: octets(`\uFEFF${orders}`) }),
    );
    expect({ status, body }).toMatchObject({
      status: 201,
      body: {
        ...{ name: "Orders more", displayName: "Orders & more", context: "/orders-more", version: "2.1" },
        ...{ description: "Buys things.", lifeCycleStatus: "CREATED", definition: { syntax: "yaml" } },
      },
    });
    expect(targets(body.operations)).toEqual(["GET /orders", "GET /orders/{id}"]);
    expect(headers.get("location")).toBe(`/api/am/publisher/v4/apis/${body.id}`);
    expect(await download(String(body.id), "application/yaml")).toEqual({
      type: "application/yaml; charset=utf-8",
      text: orders,
    });
    const json = await download(String(body.id), "*/*");
    expect(json.type).toBe("application/json; charset=utf-8");
    expect(JSON.parse(json.text)).toMatchObject({ openapi: "3.0.3", info: { version: "2.1" } });
  });

  it("takes what is said beside the document, endpoints and all", async () => {
    const id = await importOrders({
      version: "9",
      endpointConfig: { production_endpoints: { url: "http://a.example" } },
    });
    expect((await call("GET", `/apis/${id}`)).body).toMatchObject({
      version: "9",
      endpointConfig: { production_endpoints: { url: "http://a.example" } },
    });
  });

  it.each([
    ["a document with mistakes", { inlineAPIDefinition: noBraces }, 400, ["definition"], /^Line 4, column 1: /],
    ["no document", {}, 400, ["definition"], /It is missing/],
    ["two documents", { inlineAPIDefinition: "a", url: "b" }, 400, ["definition"], /more than once/],
    [
      "a URL with credentials",
      { url: "http://ann:secret@a.example/x" },
      400,
      ["url"],
      /Leave user name and password out/,
    ],
    ["a URL of a metadata service", { url: "http://169.254.169.254/" }, 400, ["url"], /link-local/],
    [
      "properties that are no JSON",
      { inlineAPIDefinition: orders, additionalProperties: "{" },
      400,
      ["additionalProperties"],
      /not JSON/,
    ],
    [
      "properties that are a list",
      { inlineAPIDefinition: orders, additionalProperties: "[]" },
      400,
      ["additionalProperties"],
      /is a map/,
    ],
    [
      "a name that cannot be",
      { inlineAPIDefinition: orders, additionalProperties: { name: "a/b" } },
      400,
      ["name"],
      /cannot contain/,
    ],
    [
      "an endpoint that is no URL",
      { inlineAPIDefinition: orders, additionalProperties: { endpointConfig: { production_endpoints: { url: "x" } } } },
      400,
      ["endpointConfig.production_endpoints.url"],
      /not a URL/,
    ],
  ])("refuses %s, and creates nothing", async (_, body, status, paths, message) => {
    const before = await database().api.count();
    const answer = await call("POST", "/apis/import-openapi", body);
    const errors = Array.isArray(answer.body.error) ? answer.body.error : [];
    expect({ status: answer.status, paths: errors.map(({ path }) => path) }).toEqual({ status, paths });
    expect(answer.body.description).toMatch(message);
    expect(await database().api.count()).toBe(before);
  });

  it("refuses what is no document by its media type, and a form that cannot be read", async () => {
    const path = "/apis/import-openapi";
    expect((await call("POST", path, "x", { "content-type": "text/plain" })).status).toBe(415);
    const broken = await call("POST", path, "x", { "content-type": "multipart/form-data; boundary=y" });
    expect(broken.body).toMatchObject({
      code: 900_400,
      description: "The form cannot be read: multipart/form-data is expected, with its boundary in Content-Type.",
    });
  });

  it("refuses 50 MB by what they say of their length, before anything of them is read", async () => {
    const { POST } = await import("../../../app/api/am/publisher/v4/apis/import-openapi/route.ts");
    const sent = { pulled: 0 };
    const upload = (headers: Record<string, string>) => {
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          sent.pulled += 1;
          controller.enqueue(new Uint8Array(1_048_576));
        },
      });
      const init = { method: "POST", headers: { authorization, "content-type": "application/json", ...headers } };
      return POST(new Request("http://publisher.test/", { ...init, body, ...{ duplex: "half" } }), {
        params: Promise.resolve({}),
      });
    };
    expect((await upload({ "content-length": "52428800" })).status).toBe(413);
    expect(sent.pulled).toBeLessThan(3); // A stream fills its own buffer once.
    expect((await upload({})).status).toBe(413);
    expect(sent.pulled).toBeLessThan(20);
  });
});

describe("validating an OpenAPI document over REST", () => {
  it("tells what it says", async () => {
    const { body } = await call("POST", "/apis/validate-openapi?returnContent=true", { inlineAPIDefinition: orders });
    expect(body).toMatchObject({
      ...{ isValid: true, content: orders, errors: [] },
      info: { name: "Orders more", context: "/orders-more", version: "2.1", openAPIVersion: "3.0.3", endpoints: [] },
    });
  });

  it("tells what is wrong with it, and where", async () => {
    const { status, body } = await call("POST", "/apis/validate-openapi", { inlineAPIDefinition: noBraces });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { isValid: false, info: null, content: null, errors: [{ line: 4, column: 1 }] },
    });
  });
});

describe("another document for an API", () => {
  const next = orders
    .replace("  /orders:", "  /pizzas:")
    .replace("/orders/{id}", "/orders/{number}")
    .replace("name: id", "name: number");

  it("tells what it would change, and then changes it: what stays keeps its rate limit", async () => {
    const id = await importOrders();
    const before = (await call("GET", `/apis/${id}`)).body;
    const limited = [
      { target: "/orders", verb: "GET" },
      { target: "/orders/{id}", verb: "GET", authType: "None", throttlingPolicy: "Gold" },
    ];
    await call("PUT", `/apis/${id}`, { ...before, operations: limited });
    const dry = await call("PUT", `/apis/${id}/swagger?dryRun=true`, { apiDefinition: next });
    expect(targets(dry.body.added)).toEqual(["GET /pizzas"]);
    expect(targets(dry.body.changed)).toEqual(["GET /orders/{number}"]);
    expect(targets(dry.body.removed)).toEqual(["GET /orders"]);
    expect((await call("GET", `/apis/${id}`)).body).toMatchObject({
      revision: dry.body.revision,
      operations: { length: 2 },
    });

    const stale = await call("PUT", `/apis/${id}/swagger`, { apiDefinition: next }, { "if-match": '"1"' });
    expect(stale.status).toBe(412);
    const tag = String(dry.headers.get("etag"));
    const done = await call("PUT", `/apis/${id}/swagger?comment=New`, form({ apiDefinition: next }), {
      "if-match": tag,
    });
    expect(done.body).toMatchObject({ isDryRun: false, kept: 0 });
    expect((await call("GET", `/apis/${id}`)).body.operations).toMatchObject([
      { target: "/pizzas", authType: "Application & Application User" },
      { target: "/orders/{number}", authType: "None", throttlingPolicy: "Gold" },
    ]);
    expect((await download(id, "text/yaml")).text).toBe(next);
  });

  it("is a minimal one, made from operations, where an API has none", async () => {
    const operations = [{ target: "/a/{b}", verb: "PUT", authType: "None", summary: "Put it" }];
    const { body } = await call("POST", "/apis", { name: "Bare", context: "/bare", version: "1", operations });
    const { text } = await download(String(body.id), "application/yaml");
    expect((await call("POST", "/apis/validate-openapi", { inlineAPIDefinition: text })).body).toMatchObject({
      isValid: true,
      info: { operations: [{ target: "/a/{b}", verb: "PUT", authType: "None", summary: "Put it" }] },
    });
  });
});
