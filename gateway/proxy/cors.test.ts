import type { Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Cors, corsSchema } from "../../lib/model/cors.ts";
import { headerRulesSchema } from "../../lib/model/header-rule.ts";
import { apiWith } from "../testing/api-with.ts";
import { call } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { type StubBackend, startBackend, startRawBackend } from "../testing/stub-backend.ts";

let gateway: TestGateway;
let backend: StubBackend;

beforeEach(async () => {
  [gateway, backend] = await Promise.all([startGateway(), startBackend("A")]);
});
afterEach(() => Promise.all([gateway.close(), backend.stop()]));

const app = "https://app.example";
const serve = (cors: Partial<Cors>, more: object = {}) =>
  gateway.serve(
    apiWith({
      ...{ kind: "single", production: [backend.url], apiKeyRequired: true },
      runtime: { cors: corsSchema.parse({ corsConfigurationEnabled: true, ...cors }), ...more },
    }),
  );
const named = { accessControlAllowOrigins: [app, "https://*.shop.example"], accessControlAllowCredentials: true };
const preflight = (headers: Record<string, string>) => call(gateway.port, { method: "OPTIONS", headers });
const asking = { "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "apikey" };

describe("a preflight", () => {
  it("is answered without a key, with WSO2's defaults, and reaches no endpoint", async () => {
    await serve({});
    const { status, headers, text } = await preflight({ Origin: app, ...asking });
    expect([status, text, headers["access-control-allow-origin"]]).toEqual([204, "", "*"]);
    expect(headers["access-control-allow-methods"]).toBe("GET, PUT, POST, DELETE, PATCH, OPTIONS");
    expect(headers["access-control-allow-headers"]).toContain("apikey");
    expect(headers["content-length"]).toBeUndefined();
    expect(backend.requests).toEqual([]);
  });

  it.each([
    [app, 204],
    ["https://eu.shop.example", 204],
    ["https://shop.example", 403],
    ["https://evilshop.example", 403],
    ["https://app.example.evil", 403],
    ["http://app.example", 403],
    ["https://app.example:444", 403],
    ["null", 403],
  ])("from %s gets %i where origins are named", async (origin, status) => {
    await serve(named);
    const answer = await preflight({ Origin: origin, ...asking });
    expect([answer.status, answer.headers.vary]).toEqual([status, "Origin"]);
    expect(answer.headers["access-control-allow-origin"]).toBe(status === 204 ? origin : undefined);
    expect(answer.headers["access-control-allow-credentials"]).toBe(status === 204 ? "true" : undefined);
  });

  it("that lies is a request like any other, or refused", async () => {
    await serve(named);
    expect((await preflight({ Origin: app })).status).toBe(401);
    expect((await preflight(asking)).status).toBe(401);
    const twice = [
      "Host",
      "a",
      "Origin",
      app,
      "Origin",
      "https://evil.example",
      "Access-Control-Request-Method",
      "PUT",
    ];
    expect((await call(gateway.port, { method: "OPTIONS", headers: twice })).status).toBe(403);
    expect((await preflight({ Origin: app, "Access-Control-Request-Method": "a b" })).status).toBe(403);
    expect((await call(gateway.port, { headers: { Origin: app, ...asking } })).status).toBe(401);
    expect(backend.requests).toEqual([]);
  });

  it("is the endpoint's business where CORS is off", async () => {
    await gateway.serve(apiWith({ kind: "single", production: [backend.url] }));
    expect((await preflight({ Origin: app, ...asking })).status).toBe(200);
    expect(backend.requests).toHaveLength(1);
  });
});

describe("an answer to a page of another origin", () => {
  it("carries what CORS says in the place of the endpoint's, errors of the gateway too", async () => {
    backend.behave(backend.answering(200, { "Access-Control-Allow-Origin": "https://old.example", "X-Total": "3" }));
    const open = { ...named, accessControlExposeHeaders: ["X-Total"] };
    await serve(open);
    const refused = await call(gateway.port, { headers: { Origin: app } });
    expect([refused.status, refused.headers["access-control-allow-origin"]]).toEqual([401, app]);
    const api = apiWith({
      ...{ kind: "single", production: [backend.url] },
      runtime: { cors: corsSchema.parse({ corsConfigurationEnabled: true, ...open }) },
    });
    await gateway.serve(api);
    const answer = await call(gateway.port, { headers: { Origin: app } });
    expect(answer.headers).toMatchObject({
      ...{ "access-control-allow-origin": app, "access-control-allow-credentials": "true" },
      ...{ "access-control-expose-headers": "X-Total", vary: "Origin", "x-total": "3" },
    });
    const other = await call(gateway.port, { headers: { Origin: "https://evil.example" } });
    expect([other.status, other.headers["access-control-allow-origin"]]).toEqual([200, undefined]);
  });
});

it("is said although an endpoint's Connection names the field: hop-by-hop fields were taken out of what gateways add", async () => {
  const answering = (socket: Socket) => {
    const head =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: vary, x-rule, access-control-allow-origin\r\n\r\n";
    socket.on("data", () => socket.write(`${head}ok`));
  };
  const raw = await startRawBackend(answering);
  const cors = corsSchema.parse({ corsConfigurationEnabled: true, ...named });
  const headerRules = headerRulesSchema.parse({ response: [{ action: "set", name: "X-Rule", value: "r" }] });
  await gateway.serve(apiWith({ kind: "single", production: [raw.url], runtime: { cors, headerRules } }));
  const { headers } = await call(gateway.port, { headers: { Origin: app } });
  expect(headers).toMatchObject({ "access-control-allow-origin": app, vary: "Origin", "x-rule": "r" });
  await raw.stop();
});

describe("header rules", () => {
  it("set, add and remove fields of requests and of answers", async () => {
    backend.behave(backend.answering(200, { Server: "old", "X-Tier": "1" }));
    const headerRules = headerRulesSchema.parse({
      request: [
        { action: "set", name: "X-Tenant", value: "shop" },
        { action: "remove", name: "X-Debug" },
      ],
      response: [
        { action: "remove", name: "Server" },
        { action: "set", name: "X-Tier", value: "2" },
        { action: "add", name: "Set-Cookie", value: "a=1" },
      ],
    });
    await gateway.serve(apiWith({ kind: "single", production: [backend.url], runtime: { headerRules } }));
    const answer = await call(gateway.port, { headers: { "x-tenant": "mine", "x-debug": "1", "x-kept": "1" } });
    const [request] = backend.requests;
    expect(request?.headers).toMatchObject({ "x-tenant": "shop", "x-kept": "1" });
    expect(request?.headers["x-debug"]).toBeUndefined();
    expect([answer.headers.server, answer.headers["x-tier"], answer.headers["set-cookie"]]).toEqual([
      ...[undefined, "2", ["a=1"]],
    ]);
  });

  it.each([
    ["request", { action: "set", name: "Host", value: "a" }, /endpoint's own/],
    ["request", { action: "set", name: "Content-Length", value: "1" }, /delimits messages/],
    ["request", { action: "set", name: "X-Forwarded-For", value: "1" }, /who called/],
    ["request", { action: "set", name: "Authorization", value: "Basic x" }, /Endpoint Security/],
    ["request", { action: "set", name: "X-A", value: "a\r\nB: c" }, /no line ends/],
    ["request", { action: "set", name: "X A", value: "a" }, /letters, digits/],
    ["response", { action: "set", name: "Access-Control-Allow-Origin", value: "*" }, /CORS settings/],
    ["response", { action: "remove", name: "Set-Cookie" }, /only be added/],
  ])("of a %s refuse %j", (direction, rule, message) => {
    const parsed = headerRulesSchema.safeParse({ [direction]: [rule] });
    expect(parsed.error?.issues[0]?.message).toMatch(message);
  });
});

it.each([
  [{ accessControlAllowOrigins: ["*"], accessControlAllowCredentials: true }, /With credentials, browsers refuse \*/],
  [{ accessControlAllowOrigins: [] }, /Name the origins/],
  [{ accessControlAllowOrigins: ["https://app.example/"] }, /Browsers send this origin as|An origin is/],
  [{ accessControlAllowOrigins: ["app.example"] }, /An origin is a scheme/],
  [{ accessControlAllowOrigins: ["null"] }, /cannot be allowed/],
  [{ accessControlAllowOrigins: ["https://*.com"] }, /at least two parts/],
  [{ accessControlAllowMethods: ["TRACE"] }, /no script/],
])("CORS settings refuse %j", (given, message) => {
  const parsed = corsSchema.safeParse({ corsConfigurationEnabled: true, ...given });
  expect(parsed.error?.issues[0]?.message).toMatch(message);
});
