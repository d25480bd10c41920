import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apiWith } from "../testing/api-with.ts";
import { call, codeOf } from "../testing/call.ts";
import { startGateway, type TestGateway, testAdminToken } from "../testing/start-gateway.ts";
import { refusingUrl, type StubBackend, startBackend } from "../testing/stub-backend.ts";

let gateway: TestGateway;
let backend: StubBackend;
let now: number;
const startedAt = Date.UTC(2030, 0, 1);

beforeEach(async () => {
  now = 5_000;
  gateway = await startGateway({ now: () => now, wallClock: () => startedAt + now });
  backend = await startBackend();
});
afterEach(async () => {
  await gateway.close();
  await backend.stop();
});

const authorized = { Authorization: `Bearer ${testAdminToken}` };

function admin(path: string, method = "GET", headers: Record<string, string> = {}) {
  return call(gateway.adminPort, { path, method, headers });
}

function switchEndpoint(
  action: "on" | "off",
  headers: Record<string, string> = authorized,
  endpoint = "a",
  api = "api-1",
) {
  return admin(`/apis/${api}/endpoints/${endpoint}/switch-${action}`, "POST", headers);
}

describe("health", () => {
  it("is up at once, and ready once there is a configuration", async () => {
    expect((await admin("/healthz")).status).toBe(200);
    expect((await admin("/readyz")).status).toBe(503);
    gateway.serve();
    expect((await admin("/readyz")).status).toBe(200);
    expect((await admin("/healthz", "HEAD")).text).toBe("");
  });
});

describe("GET /metrics", () => {
  it("names what is promised", async () => {
    gateway.serve(apiWith({ production: [await refusingUrl(), backend.url] }));
    await call(gateway.port);
    await call(gateway.port, { path: "/nowhere" });
    const { text, headers } = await admin("/metrics");
    expect(headers["content-type"]).toMatch(/^text\/plain/);
    for (const line of [
      'fairlead_requests_total{status="200"} 1',
      'fairlead_requests_total{status="404"} 1',
      "fairlead_request_duration_seconds_count 2",
      'fairlead_endpoint_attempts_total{outcome="101503"} 1',
      'fairlead_endpoint_attempts_total{outcome="success"} 1',
      'fairlead_endpoint_state{api="api-1",key_type="production",endpoint="a"} 2',
      'fairlead_endpoint_state{api="api-1",key_type="production",endpoint="b"} 0',
      "fairlead_config_revision 1",
      "fairlead_config_reload_errors_total 0",
    ])
      expect(text).toContain(line);
    expect(text).toContain("process_cpu_seconds_total");
  });
});

describe("GET /status", () => {
  it("has the shape of the contract", async () => {
    const refusing = await refusingUrl();
    const settings = { timeoutErrorCodes: [101504], retriesBeforeSuspension: 3 };
    await gateway.serve(apiWith({ production: [refusing, { url: backend.url, settings }], revision: 40 }));
    now = 6_000;
    await call(gateway.port);
    now = 7_000;
    const { text, headers } = await admin("/status");
    expect(headers["cache-control"]).toBe("no-store");
    expect(JSON.parse(text)).toEqual({
      gatewayId: "gateway-under-test",
      version: "0.1.0",
      startedAt: "2030-01-01T00:00:05.000Z",
      appliedAt: "2030-01-01T00:00:05.000Z",
      configRevision: 1,
      database: "disconnected",
      refusedApis: [],
      apis: [
        {
          id: "api-1",
          name: "Shop",
          context: "/shop",
          version: "1.0.0",
          revision: 40,
          groups: {
            production: {
              kind: "load-balance",
              endpoints: [
                {
                  id: "a",
                  url: refusing,
                  draining: false,
                  foundDown: false,
                  warmingUntil: null,
                  state: "SUSPENDED",
                  nextRetryAt: "2030-01-01T00:00:36.000Z",
                  suspendDurationMs: 30_000,
                  remainingRetries: 0,
                  lastError: { code: "101503", at: "2030-01-01T00:00:06.000Z", message: "Connection failed" },
                  requests: 1,
                  failures: 1,
                },
                {
                  id: "b",
                  url: backend.url,
                  draining: false,
                  foundDown: false,
                  warmingUntil: null,
                  state: "ACTIVE",
                  nextRetryAt: null,
                  suspendDurationMs: null,
                  remainingRetries: 3,
                  lastError: null,
                  requests: 1,
                  failures: 0,
                },
              ],
            },
          },
        },
      ],
    });
  });

  it("can be limited to one API", async () => {
    const other = apiWith({ id: "api-2", context: "/other", production: [backend.url] });
    gateway.serve(apiWith({ production: [backend.url] }), other);
    const ids = async (query: string) =>
      JSON.parse((await admin(`/status${query}`)).text).apis.map(({ id }: { id: string }) => id);
    expect(await ids("")).toEqual(["api-1", "api-2"]);
    expect(await ids("?apiId=api-2")).toEqual(["api-2"]);
    expect(await ids("?apiId=none")).toEqual([]);
  });
});

describe("switching an endpoint", () => {
  it("off takes it out until it is switched on again, whatever time passes", async () => {
    const other = await startBackend("B");
    gateway.serve(apiWith({ production: [backend.url, other.url] }));
    expect(JSON.parse((await switchEndpoint("off")).text)).toMatchObject({ id: "a", state: "OFF" });
    now += 10 ** 9;
    for (let count = 0; count < 3; count += 1) expect((await call(gateway.port)).text).toBe("B");
    expect(JSON.parse((await switchEndpoint("on")).text)).toMatchObject({ id: "a", state: "ACTIVE" });
    const names = [(await call(gateway.port)).text, (await call(gateway.port)).text];
    expect(names.toSorted()).toEqual(["A", "B"]);
    await other.stop();
  });

  it("drain sends it nothing new", async () => {
    const other = await startBackend("B");
    await gateway.serve(apiWith({ production: [backend.url, other.url] }));
    const drained = await admin("/apis/api-1/endpoints/a/drain", "POST", authorized);
    expect(JSON.parse(drained.text)).toMatchObject({ id: "a", state: "ACTIVE", draining: true });
    for (let count = 0; count < 3; count += 1) expect((await call(gateway.port)).text).toBe("B");
    expect(JSON.parse((await switchEndpoint("on")).text)).toMatchObject({ draining: false });
    await other.stop();
  });

  it("is stored for the whole installation, and says when it could not be", async () => {
    await gateway.serve(apiWith({ production: [backend.url] }));
    const away = JSON.parse((await switchEndpoint("off")).text);
    expect(away).toMatchObject({ state: "OFF", stored: false });
    expect(away.description).toContain("until it restarts");
    const stored: unknown[] = [];
    gateway.gateway.isDatabaseConnected = true;
    gateway.gateway.storeSwitch = async (apiId, requests) => stored.push([apiId, requests]) > 0;
    expect(JSON.parse((await switchEndpoint("on")).text)).toEqual({
      ...{ id: "a", state: "ACTIVE", draining: false },
      stored: true,
    });
    expect(stored).toEqual([["api-1", [{ keyType: "production", endpointId: "a", position: "on" }]]]);
  });

  it("off is final for attempts that are still on their way", async () => {
    let release: () => void = () => undefined;
    backend.behave((_request, response) => {
      release = () => response.socket?.destroy();
    });
    gateway.serve(apiWith({ kind: "single", production: [backend.url] }));
    const underWay = call(gateway.port);
    await expect.poll(() => backend.connections).toBe(1);
    await switchEndpoint("off");
    release();
    expect((await underWay).status).toBe(502);
    expect(gateway.stateOf()).toBe("off");
    const refused = await call(gateway.port);
    expect([refused.status, codeOf(refused)]).toEqual([503, "303001"]);
    expect(JSON.parse(refused.text).description).toContain("[ State : OFF ]");
    expect(refused.headers["retry-after"]).toBeDefined();
  });

  it("on ends a suspension", async () => {
    gateway.serve(apiWith({ kind: "single", production: [backend.url] }));
    await backend.stop();
    await call(gateway.port);
    await backend.restart();
    expect((await call(gateway.port)).status).toBe(503);
    await switchEndpoint("on");
    expect((await call(gateway.port)).status).toBe(200);
  });

  it("reaches both endpoints where production and sandbox have one of the same id", async () => {
    const same = (url: string) => ({ id: "same", url, settings: {} });
    const endpointConfig = {
      kind: "single",
      protocol: "rest",
      retryNonIdempotent: false,
      production: same(backend.url),
      sandbox: same(backend.url),
    } as const;
    gateway.serve({ ...apiWith({ production: [backend.url] }), endpointConfig });
    await switchEndpoint("off", authorized, "same");
    const groups = gateway.gateway.configuration.groupsOf("api-1");
    expect([groups?.production, groups?.sandbox].map((group) => group?.endpoints[0]?.state.kind)).toEqual([
      "off",
      "off",
    ]);
  });

  it.each([
    ["no token", {}],
    ["another token", { Authorization: "Bearer something else" }],
    ["an empty token", { Authorization: "Bearer " }],
    ["another scheme", { Authorization: `Basic ${testAdminToken}` }],
  ])("needs the token: %s", async (_case, headers) => {
    gateway.serve(apiWith({ production: [backend.url] }));
    const answer = await switchEndpoint("off", headers);
    expect([answer.status, answer.headers["www-authenticate"]]).toEqual([401, "Bearer"]);
    expect(gateway.stateOf()).toBe("active");
  });

  it("says 404 of what it does not serve and 405 to another method", async () => {
    gateway.serve(apiWith({ production: [backend.url] }));
    expect((await switchEndpoint("off", authorized, "zz")).status).toBe(404);
    expect((await switchEndpoint("off", authorized, "a", "none")).status).toBe(404);
    expect((await switchEndpoint("off", authorized, "%ff")).status).toBe(404);
    const got = await admin("/apis/api-1/endpoints/a/switch-off", "GET", authorized);
    expect([got.status, got.headers.allow]).toEqual([405, "POST"]);
    expect((await admin("/elsewhere")).status).toBe(404);
  });
});

describe("the loopback port", () => {
  it.each([
    ["localhost", 200],
    ["LOCALHOST:9280", 200],
    ["127.0.0.1:1", 200],
    ["127.9.9.9", 200],
    ["[::1]:9280", 200],
    ["attacker.example", 421],
    ["localhost.attacker.example", 421],
    ["127.0.0.1.nip.io", 421],
  ])("answers a call by the name %j with %d", async (host, status) => {
    expect((await admin("/healthz", "GET", { Host: host })).status).toBe(status);
  });

  it.each(["//[", "//", "http://[/", "*"])("is not upset by the target %s", async (path) => {
    const answer = await admin(path, path === "*" ? "OPTIONS" : "GET");
    expect([400, 404]).toContain(answer.status);
  });
});
