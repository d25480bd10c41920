import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/database.ts";
import { isRecord } from "../../model/wso2-value.ts";
import { closeDatabase, database } from "../database.ts";
import { createFirstAdministrator } from "../users/first-administrator.ts";
import { openApiDocument } from "./open-api-document.ts";
import { restBasePath } from "./operation.ts";
import { operations } from "./operations.ts";
import { type RestReply, restClient, routeModules, servedMethods } from "./testing/rest-client.ts";

const document = openApiDocument();
const root = join(import.meta.dirname, "../../..");

/** What stands at a path of keys in the document. */
function at(value: unknown, ...keys: string[]): unknown {
  return keys.reduce((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

const schemaOf = (reply: RestReply, method: string) => {
  const responses = at(document, "paths", reply.route ?? "", method.toLowerCase(), "responses");
  return at(responses, String(reply.status), "content", "application/json", "schema", "$ref");
};

/** A schema of the document as zod reads it back: what is checked is the document, not what it was made from. */
function componentSchema(reference: unknown): z.ZodType {
  const definitions: z.core.JSONSchema.BaseSchema["$defs"] = JSON.parse(
    JSON.stringify(at(document, "components", "schemas")).replaceAll("#/components/schemas/", "#/$defs/"),
  );
  return z.fromJSONSchema({ $ref: String(reference).replace("#/components/schemas/", "#/$defs/"), $defs: definitions });
}

describe("the OpenAPI document", () => {
  it("names every path that is served, and no other", () => {
    const files = readdirSync(join(root, "app", restBasePath), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith("route.ts"))
      .map((file) => `/${file.replace(/\/route\.ts$/, "")}`.replace(/\[(\w+)\]/g, "{$1}"))
      .filter((path) => path !== "/[...unknown]" && path !== "/openapi.json");
    expect(Object.keys(routeModules).sort()).toEqual(files.sort());
    expect(Object.keys(Object(document.paths)).sort()).toEqual(files.sort());
  });

  it.each(operations.map((operation) => [operation.operationId, operation] as const))(
    "%s has its parameters, an answer and its errors",
    (_id, { method, path, answer }) => {
      const described = at(document, "paths", path, method.toLowerCase());
      expect(at(described, "responses", String(answer.status))).toBeDefined();
      for (const status of ["401", "429", "500"]) expect(at(described, "responses", status)).toBeDefined();
      for (const [, name] of path.matchAll(/\{(\w+)\}/g))
        expect(JSON.stringify(described)).toContain(`"name":"${name}"`);
    },
  );

  it("has no reference that leads nowhere", () => {
    const names = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) expect(at(document, "components", "schemas", name ?? "")).toBeDefined();
    expect(JSON.stringify(document)).not.toContain("$defs");
  });

  it("has no two operations of one name", () => {
    const names = operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("the document and the running API", () => {
  let storage: TestDatabase;
  const account = { name: "Ada", email: "ada@example.com", password: "correct horse" };
  const call = restClient(`Basic ${Buffer.from(`${account.email}:${account.password}`).toString("base64")}`);

  beforeAll(async () => {
    storage = await createTestDatabase();
    vi.stubEnv("DATABASE_URL", storage.url);
    vi.stubEnv("FAIRLEAD_SECRET", "a secret of at least thirty-two characters");
    const secret = "a secret of at least thirty-two characters";
    await createFirstAdministrator({ db: database(), secret, now: () => new Date() }, account);
  });
  afterAll(async () => {
    await closeDatabase();
    await storage.drop();
  });

  it("agree on the methods of every path", async () => {
    for (const { path } of operations) {
      const route = Object.keys(routeModules).find((known): known is keyof typeof routeModules => known === path);
      if (!route) throw new Error(`${path} has no route.`);
      const described = operations.filter((operation) => operation.path === path).map(({ method }) => method);
      expect((await servedMethods(route)).sort()).toEqual(described.sort());
    }
  });

  it("agree on every answer, errors included", async () => {
    const endpointConfig = {
      endpoint_type: "failover",
      production_endpoints: { url: "http://a.example", config: { factor: 2 } },
      production_failovers: [{ url: "http://b.example" }],
    };
    const made = await call("POST", "/apis", {
      name: "Described",
      context: "/described",
      version: "1",
      endpointConfig,
    });
    const { id, revision } = made.body;
    const key = await call("POST", `/apis/${id}/api-keys`, { name: "shop", keyType: "PRODUCTION" });
    const requests: [Parameters<typeof call>[0], Parameters<typeof call>[1], unknown?, Record<string, string>?][] = [
      ["GET", "/apis"],
      ["GET", "/apis?limit=no"],
      ["POST", "/apis", { name: "" }],
      ["POST", "/apis", made.body],
      ["POST", "/apis", "x", { "content-type": "text/plain" }],
      ["GET", `/apis/${id}`],
      ["GET", "/apis/nothing"],
      ["PUT", `/apis/${id}`, made.body, { "if-match": `"${revision}"` }],
      ["PUT", `/apis/${id}`, made.body, { "if-match": '"0"' }],
      ["POST", `/apis/change-lifecycle?apiId=${id}&action=Publish`],
      ["POST", `/apis/change-lifecycle?apiId=${id}&action=No`],
      ["GET", `/apis/${id}/lifecycle-state`],
      ["POST", `/apis/copy-apis?apiId=${id}&newVersion=2`],
      ["POST", "/apis/validate?query=name:Free"],
      ["POST", `/apis/validate-endpoint?endpointUrl=${encodeURIComponent("http://127.0.0.1:1")}`],
      ["GET", `/apis/${id}/api-keys`],
      ["GET", `/apis/${id}/endpoints`],
      ["POST", `/apis/${id}/endpoints/production/nothing/switch`, { position: "off" }],
      ["POST", `/apis/${id}/endpoints/elsewhere/nothing/switch`, { position: "off" }],
      ["POST", `/apis/${id}/generate-key?keyType=PRODUCTION`],
    ];
    const replies = [
      { method: "POST", reply: made },
      { method: "POST", reply: key },
    ];
    for (const [method, path, body, headers] of requests) {
      replies.push({ method, reply: await call(method, path, body, headers) });
    }
    for (const { method, reply } of replies) {
      const reference = schemaOf(reply, method);
      expect({ method, route: reply.route, status: reply.status, reference }).toMatchObject({
        reference: expect.stringContaining("#/components/schemas/"),
      });
      expect(componentSchema(reference).safeParse(reply.body)).toMatchObject({ success: true });
    }
  });
});
