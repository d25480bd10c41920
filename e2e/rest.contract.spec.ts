import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Backend, startBackend } from "./support/backend.ts";
import { callBackend } from "./support/gateway-calls.ts";
import { isRecord, number, text } from "./support/rest.ts";
import { type Stack, startStack } from "./support/stack.ts";
import { waitFor } from "./support/wait-for.ts";

let stack: Stack;
let backends: Backend[];

beforeAll(async () => {
  [stack, ...backends] = await Promise.all([startStack(), startBackend("A"), startBackend("B")]);
});
afterAll(async () => {
  await Promise.all([stack?.stop(), ...backends.map((backend) => backend.stop())]);
});

function firstError(body: Record<string, unknown>): Record<string, unknown> {
  const errors: unknown[] = Array.isArray(body.error) ? body.error : [];
  const [first] = errors;
  return isRecord(first) ? first : {};
}

describe("a script with nothing but HTTP", () => {
  it("creates, configures, publishes, keys and calls an API", async () => {
    const created = await stack.rest("POST", "/apis", { name: "Scripted", context: "scripted", version: "1.0" });
    expect(created.status).toBe(201);
    const id = text(created.body, "id");
    expect(created.headers.get("location")).toContain(id);
    expect(created.body).toMatchObject({
      name: "Scripted",
      context: "/scripted",
      version: "1.0",
      lifeCycleStatus: "CREATED",
      securityScheme: ["api_key"],
      isDefaultVersion: false,
    });

    const read = await stack.rest("GET", `/apis/${id}`);
    const etag = read.headers.get("etag") ?? "";
    const endpointConfig = {
      endpoint_type: "load_balance",
      algoCombo: "org.apache.synapse.endpoints.algorithms.RoundRobin",
      sessionManagement: "",
      sessionTimeOut: "",
      production_endpoints: backends.map(({ url }) => ({ url })),
      sandbox_endpoints: [{ url: backends[0]?.url }],
    };
    const saved = await stack.rest("PUT", `/apis/${id}`, { ...read.body, endpointConfig }, { "if-match": etag });
    expect(saved.status).toBe(200);
    expect(number(saved.body, "revision")).toBeGreaterThan(number(read.body, "revision"));
    const stale = await stack.rest("PUT", `/apis/${id}`, { ...read.body, description: "late" }, { "if-match": etag });
    expect(stale.status).toBe(412);
    expect((await stack.rest("GET", `/apis/${id}`)).body).toEqual(saved.body);

    const published = await stack.rest("POST", `/apis/change-lifecycle?apiId=${id}&action=Publish`);
    expect(published.body).toMatchObject({ workflowStatus: "APPROVED", lifecycleState: { state: "PUBLISHED" } });
    const key = await stack.rest("POST", `/apis/${id}/api-keys`, { name: "shop", keyType: "PRODUCTION" });
    expect(key.status).toBe(201);
    const listed = await stack.rest("GET", `/apis/${id}/api-keys`);
    expect(JSON.stringify(listed.body)).not.toContain(text(key.body, "apikey"));

    const url = `${stack.gatewayUrl}/scripted/1.0/menu`;
    const headers = { apikey: text(key.body, "apikey") };
    await waitFor("the first answer", async () => ((await callBackend(url, headers)) === "A" ? true : undefined));
    expect(await callBackend(url, headers)).toBe("B");

    const internal = await stack.rest("POST", `/apis/${id}/generate-key?keyType=SANDBOX`);
    expect(await callBackend(url, { "Internal-Key": text(internal.body, "apikey") })).toBe("A");

    await stack.rest("DELETE", `/apis/${id}/api-keys/${text(key.body, "id")}`);
    await waitFor("the key to end", async () =>
      (await callBackend(url, headers)) === "401 900901" ? true : undefined,
    );
    expect((await stack.rest("DELETE", `/apis/${id}`)).status).toBe(200);
    expect((await stack.rest("GET", `/apis/${id}`)).status).toBe(404);
  });
});

describe("bad input", () => {
  it.each([
    ["no name", { context: "/x1", version: "1" }, 400, "name"],
    ["a name with a forbidden character", { name: "a*b", context: "/x1", version: "1" }, 400, "name"],
    ["a context with a space", { name: "x1", context: "/a b", version: "1" }, 400, "context"],
    ["a version with a slash", { name: "x1", context: "/x1", version: "1/2" }, 400, "version"],
    [
      "a member without a scheme",
      {
        name: "x1",
        context: "/x1",
        version: "1",
        endpointConfig: {
          endpoint_type: "load_balance",
          production_endpoints: [{ url: "http://a/" }, { url: "a:80" }],
        },
      },
      400,
      "endpointConfig.production_endpoints.1.url",
    ],
    [
      "a failover group without failovers",
      {
        name: "x1",
        context: "/x1",
        version: "1",
        endpointConfig: { endpoint_type: "failover", production_endpoints: { url: "http://a/" } },
      },
      400,
      "endpointConfig.production_failovers",
    ],
  ])("%s is refused at its path", async (_what, body, status, path) => {
    const answer = await stack.rest("POST", "/apis", body);
    expect(answer.status).toBe(status);
    expect(firstError(answer.body).path).toBe(path);
    expect(number(answer.body, "code")).toBeGreaterThanOrEqual(900_000);
  });

  it("a name or context that is taken is a conflict", async () => {
    await stack.rest("POST", "/apis", { name: "Taken", context: "/taken", version: "1" });
    expect((await stack.rest("POST", "/apis", { name: "Taken", context: "/other", version: "1" })).status).toBe(409);
    expect((await stack.rest("POST", "/apis", { name: "Other", context: "/taken", version: "2" })).status).toBe(409);
    expect((await stack.rest("POST", "/apis/validate?query=name:Taken")).status).toBe(200);
    expect((await stack.rest("POST", "/apis/validate?query=context:/free")).status).toBe(404);
  });

  it("an unknown id is not found, whatever it looks like", async () => {
    for (const id of ["00000000-0000-4000-8000-000000000000", "nope", "..%2f", "%ff", "%E0%A4%A"]) {
      for (const path of [`/apis/${id}`, `/apis/${id}/api-keys`]) {
        const answer = await stack.rest("GET", path);
        expect([answer.status, answer.body.code], path).toEqual([404, 900_320]);
      }
    }
  });

  it("a page whose path cannot be decoded is one that does not exist", async () => {
    for (const path of ["/apis/%ff", "/apis/%ff/endpoints", "/admin/apis/%E0%A4%A"]) {
      const answer = await fetch(`${stack.publisherUrl}${path}`);
      expect([answer.status, answer.headers.get("content-type")], path).toEqual([404, "text/html; charset=utf-8"]);
      expect(answer.headers.get("content-security-policy"), path).toContain("nonce-");
    }
  });

  it("wrong or missing credentials are refused", async () => {
    const url = `${stack.publisherUrl}/api/am/publisher/v4/apis`;
    const wrong = `Basic ${Buffer.from(`${stack.admin.email}:wrong`).toString("base64")}`;
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: wrong } })).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: "Bearer nope" } })).status).toBe(401);
  });
});
