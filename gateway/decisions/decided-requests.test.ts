import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { corsSchema } from "../../lib/model/cors.ts";
import { type DecisionRecord, decisionRecordSchema } from "../../lib/model/decision-record.ts";
import { apiWith } from "../testing/api-with.ts";
import { type CallOptions, call, sendRaw } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { refusingUrl, type StubBackend, startBackend, startRawBackend } from "../testing/stub-backend.ts";

let gateway: TestGateway;
let a: StubBackend;
let b: StubBackend;
let count = 0;

beforeEach(async () => {
  gateway = await startGateway();
  a = await startBackend("A");
  b = await startBackend("B");
});
afterEach(async () => {
  await gateway.close();
  await a.stop();
  await b.stop();
});

/** The record of a request that has ended, as the admin port gives it. */
async function recordOf(requestId: string): Promise<DecisionRecord & { explanation: string[] }> {
  await expect.poll(() => gateway.gateway.workers.worker.decisions.find(requestId)).toBeDefined();
  const answer = await call(gateway.adminPort, { path: `/requests/${encodeURIComponent(requestId)}` });
  const { explanation, ...record } = JSON.parse(answer.text);
  return { ...decisionRecordSchema.parse(record), explanation };
}

/** Makes a request and asks for its record. */
async function decided(options: Omit<CallOptions, "headers"> & { headers?: Record<string, string> } = {}) {
  count += 1;
  const requestId = `request-${count}`;
  const answer = await call(gateway.port, { ...options, headers: { ...options.headers, "X-Request-Id": requestId } });
  return { answer, record: await recordOf(requestId) };
}

function attemptsOf({ rounds }: DecisionRecord) {
  return rounds.flatMap(({ chosen, attempts }) =>
    attempts.map(({ outcome, status, code }) => [chosen?.id, outcome, status ?? code]),
  );
}

const passedByIn = (record: DecisionRecord, round: number) =>
  record.rounds[round]?.passedBy.map(({ endpoint, reason }) => [endpoint.id, reason]);

describe("the record of a request", () => {
  it("says of a preflight that the gateway answered it", async () => {
    const cors = corsSchema.parse({ corsConfigurationEnabled: true });
    await gateway.serve(apiWith({ production: [a.url], runtime: { cors } }));
    const headers = { Origin: "https://a.example", "Access-Control-Request-Method": "PUT" };
    const { record } = await decided({ method: "OPTIONS", headers });
    expect(record.explanation.at(-1)).toMatch(/^The gateway answered the browser's preflight with 204 after/);
  });

  it("tells the whole way of a plain one", async () => {
    await gateway.serve(apiWith({ kind: "single", production: [`${a.url}/base?token=1`], revision: 40 }));
    const { record } = await decided({ path: "/shop/1.0.0/items?apikey=x" });
    const origin = a.url;
    expect(record).toEqual({
      requestId: record.requestId,
      sameId: 1,
      gatewayId: "gateway-under-test",
      at: expect.any(String),
      durationMs: expect.any(Number),
      kind: "request",
      method: "GET",
      path: "/shop/1.0.0/items",
      isPathCut: false,
      route: { apiId: "api-1", name: "Shop", context: "/shop", version: "1.0.0", revision: 40 },
      key: { given: "none", type: "production" },
      token: null,
      limit: null,
      operation: null,
      group: { kind: "single", mayFailOver: false },
      session: { kind: "none", isNamed: false, isFound: false, boundEndpoint: null, isRebound: false },
      rounds: [
        {
          atMs: expect.any(Number),
          passedBy: [],
          chosen: { id: "a", origin, viaSession: false, probing: false },
          attempts: [
            {
              outcome: "success",
              status: 200,
              code: null,
              wasSent: null,
              isStale: false,
              isReused: false,
              connectMs: expect.any(Number),
              durationMs: expect.any(Number),
            },
          ],
        },
      ],
      leftOut: 0,
      endpointSecurity: null,
      answer: { status: 200, code: null, isWhole: true },
      noRetry: null,
      refusal: null,
      explanation: [
        "The path leads to Shop 1.0.0 (/shop), revision 40.",
        "The request came without a key, which leads to the production endpoints.",
        "One endpoint serves.",
        "The group has no session management.",
        `${origin} was chosen: there is no other.`,
        expect.stringMatching(/ answered with 200 \(\S+ ms, \S+ ms to connect\)\.$/),
        expect.stringMatching(/^The endpoint's answer, 200, was passed on after \S+ ms\.$/),
      ],
    });
    expect(Math.abs(Date.parse(record.at) - Date.now())).toBeLessThan(10_000);
    const again = await decided();
    expect(again.record.rounds[0]?.attempts[0]).toMatchObject({ isReused: true, connectMs: null });
  });

  it("tells of a failover, and afterwards who is passed by and until when", async () => {
    await gateway.serve(apiWith({ production: [await refusingUrl(), b.url] }));
    const { record } = await decided();
    expect(attemptsOf(record)).toEqual([
      ["a", "error", "101503"],
      ["b", "success", 200],
    ]);
    expect(record.rounds[0]?.attempts[0]?.wasSent).toBe(false);
    await decided();
    const { record: next } = await decided();
    expect([passedByIn(next, 0), attemptsOf(next)]).toEqual([[["a", "suspended"]], [["b", "success", 200]]]);
    const until = Date.parse(next.rounds[0]?.passedBy[0]?.until ?? "");
    expect(Math.abs(until - Date.now() - 30_000)).toBeLessThan(5_000);
    expect(next.explanation.join(" ")).toMatch(/ was passed by: it is suspended until 20\S+Z\. /);
  });

  it("tells that nothing was attempted, and why", async () => {
    await gateway.serve(apiWith({ production: [await refusingUrl(), await refusingUrl()] }));
    const { record: first } = await decided();
    expect([first.answer.code, first.noRetry, first.refusal]).toEqual(["101503", "no-endpoint-left", null]);
    expect(passedByIn(first, 2)).toEqual([
      ["a", "tried"],
      ["b", "tried"],
    ]);
    const { record } = await decided();
    expect(record.answer).toEqual({ status: 503, code: "303000", isWhole: true });
    expect([record.refusal, record.rounds.length, record.rounds[0]?.chosen]).toEqual(["group-not-ready", 1, null]);
    expect(passedByIn(record, 0)?.map(([, reason]) => reason)).toEqual(["suspended", "suspended"]);
  });

  it("names a member that is switched off", async () => {
    await gateway.serve(apiWith({ production: [a.url, b.url] }));
    gateway.gateway.configuration.groupsOf("api-1")?.production?.endpoints[0]?.switchOff();
    const { record } = await decided();
    expect(record.rounds[0]?.passedBy).toEqual([{ endpoint: { id: "a", origin: a.url }, reason: "off", until: null }]);
  });

  it.each([
    ["no API answers", { path: "/nowhere" }, [404, "404", "no-api"], null],
    ["the path climbs up", { path: "/shop/1.0.0/../x" }, [400, "400", "climbing-path"], null],
    ["the key is missing", { path: "/closed/1.0.0" }, [401, "900902", "key-missing"], { given: "none", type: null }],
    [
      "the key is unknown",
      { path: "/closed/1.0.0", headers: { apikey: "flk_x" } },
      [401, "900901", "key-invalid"],
      { given: "apikey", type: null },
    ],
    [
      "the body is too long",
      { method: "POST", body: "x".repeat(11) },
      [413, "413", "body-too-large"],
      { given: "none", type: "production" },
    ],
    [
      "the origin is refused",
      {
        ...{ method: "OPTIONS", path: "/pages/1.0.0" },
        headers: { Origin: "https://evil.example", "Access-Control-Request-Method": "PUT" },
      },
      [403, "403", "origin-refused"],
      null,
    ],
    ["the API is blocked", { path: "/blocked/1.0.0" }, [503, "700700", "blocked"], null],
  ])("says that %s", async (_title, options, expected, key) => {
    const cors = corsSchema.parse({ corsConfigurationEnabled: true, accessControlAllowOrigins: ["https://a.example"] });
    await gateway.serve(
      apiWith({ production: [a.url], runtime: { maxRequestBodyBytes: 10 } }),
      apiWith({ id: "api-2", context: "/closed", production: [a.url], apiKeyRequired: true }),
      apiWith({ id: "api-4", context: "/pages", production: [a.url], runtime: { cors } }),
      apiWith({ id: "api-3", context: "/blocked", production: [a.url], lifecycleState: "BLOCKED" }),
    );
    const { record } = await decided(options);
    const { answer, refusal, rounds } = record;
    expect([[answer.status, answer.code, refusal], record.key, rounds]).toEqual([expected, key, []]);
  });

  it.each([
    ["GET / HTTP/1.1\r\nno field\r\n\r\n", 400, "malformed"],
    ["CONNECT a.test:443 HTTP/1.1\r\nHost: a.test:443\r\n\r\n", 405, "method-not-served"],
    [`GET / HTTP/1.1\r\nHost: h\r\nX-Long: ${"x".repeat(20_000)}\r\n\r\n`, 431, "head-too-large"],
  ])("says of what cannot be read as a request that it was refused", async (bytes, status, refusal) => {
    const { text } = await sendRaw(gateway.port, bytes);
    const [, requestId = ""] = /^X-Request-Id: (.*)\r$/m.exec(text) ?? [];
    const record = await recordOf(requestId);
    expect([record.answer.status, record.refusal, record.route, record.path]).toEqual([status, refusal, null, ""]);
  });

  it.each([
    [
      "fault",
      [
        ["a", "error", "101504"],
        ["b", "success", 200],
      ],
      null,
    ],
    ["discard", [["a", "error", "101504"]], "discard"],
  ] as const)("tells of a timeout with the action %s", async (timeoutAction, attempts, noRetry) => {
    a.behave(a.stalling());
    const settings = { responseTimeoutMs: 150, timeoutAction };
    await gateway.serve(apiWith({ production: [{ url: a.url, settings }, b.url] }));
    const { record } = await decided();
    expect([attemptsOf(record), record.noRetry]).toEqual([attempts, noRetry]);
    expect(record.rounds[0]?.attempts[0]?.durationMs).toBeGreaterThan(140);
  });

  it.each<[string, Omit<CallOptions, "headers">, { failover?: boolean; settings?: Record<string, unknown> }, string]>([
    ["a POST that was sent", { method: "POST", body: "x" }, {}, "not-idempotent"],
    ["a group without failover", {}, { failover: false }, "failover-off"],
    ["a body that is too large", { method: "PUT", body: randomBytes(3 * 1024 * 1024) }, {}, "body-not-kept"],
    ["a code that is ruled out", {}, { settings: { disabledErrorCodes: [101500] } }, "disabled-code"],
  ])("says why it was not tried again: %s", async (_title, options, { failover = true, settings = {} }, reason) => {
    a.behave(a.resetting());
    await gateway.serve(apiWith({ production: [{ url: a.url, settings }, b.url], failover }));
    const { record } = await decided(options);
    expect([record.noRetry, record.rounds.length, b.connections]).toEqual([reason, 1, 0]);
    expect(record.rounds[0]?.attempts[0]?.wasSent).toBe(true);
  });

  it("tells of the session, and that it moved", async () => {
    await gateway.serve(apiWith({ production: [a.url, b.url], session: { kind: "client-id" } }));
    const headers = { ClientID: "c1" };
    const { record: first } = await decided({ headers });
    expect(first.session).toMatchObject({ kind: "client-id", isNamed: true, isFound: false });
    const { record: second } = await decided({ headers });
    expect(second.session).toMatchObject({
      isFound: true,
      isRebound: false,
      boundEndpoint: { id: "a", origin: a.url },
    });
    expect(second.rounds[0]?.chosen).toMatchObject({ id: "a", viaSession: true });
    await a.stop();
    const { record: third } = await decided({ headers });
    expect(attemptsOf(third).map(([id]) => id)).toEqual(["a", "b"]);
    expect(third.session).toMatchObject({ isFound: true, isRebound: true });
  });

  it("tells that a kept connection was closed, and that the endpoint was tried again", async () => {
    const backend = await startRawBackend((socket) => {
      let requests = 0;
      socket.on("data", () => {
        requests += 1;
        if (requests === 1) socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        else socket.resetAndDestroy();
      });
    });
    await gateway.serve(apiWith({ kind: "single", production: [backend.url] }));
    await decided();
    const { record } = await decided();
    expect(record.rounds).toHaveLength(1);
    expect(record.rounds[0]?.attempts).toMatchObject([
      { outcome: "error", isStale: true, isReused: true },
      { outcome: "success", isStale: false, isReused: false },
    ]);
    await backend.stop();
  });

  it("tells of a client that left", async () => {
    a.behave(a.stalling());
    await gateway.serve(apiWith({ production: [a.url] }));
    const headers = { "X-Request-Id": "left" };
    const leaving = request({ port: gateway.port, host: "127.0.0.1", path: "/shop/1.0.0", agent: false, headers });
    leaving.on("error", () => undefined);
    leaving.end();
    await expect.poll(() => a.requests.length).toBe(1);
    leaving.destroy();
    const record = await recordOf("left");
    expect([record.answer, attemptsOf(record)]).toEqual([
      { status: 499, code: null, isWhole: false },
      [["a", "void", null]],
    ]);
    expect(record.explanation.at(-1)).toMatch(/^The client left after/);
  });

  it("tells of an answer that broke off", async () => {
    a.behave((_request, response) => {
      response.writeHead(200, { "Content-Length": "100" });
      response.write("part", () => response.destroy());
    });
    await gateway.serve(apiWith({ production: [a.url] }));
    await call(gateway.port, { headers: { "X-Request-Id": "broken" } }).catch(() => undefined);
    const record = await recordOf("broken");
    expect([record.answer.status, record.answer.isWhole]).toEqual([200, false]);
  });

  it("tells of an upgrade as of any request", async () => {
    b.server.on("upgrade", (_request, socket) => {
      socket.on("error", () => undefined);
      socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    });
    await gateway.serve(apiWith({ production: [await refusingUrl(), b.url] }));
    const client = connect(gateway.port, "127.0.0.1");
    const fields = "Host: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-Request-Id: upgrade\r\n";
    client.write(`GET /shop/1.0.0/chat?room=1 HTTP/1.1\r\n${fields}\r\n`);
    await once(client, "data");
    const record = await recordOf("upgrade");
    expect([record.kind, record.path, record.answer.status]).toEqual(["upgrade", "/shop/1.0.0/chat", 101]);
    expect(attemptsOf(record)).toEqual([
      ["a", "error", "101503"],
      ["b", "success", 101],
    ]);
    client.destroy();
  });

  it("says how often its id was used, and is the newest one's", async () => {
    await gateway.serve(apiWith({ production: [a.url] }));
    const headers = { "X-Request-Id": "again" };
    await call(gateway.port, { headers });
    await call(gateway.port, { headers, path: "/shop/1.0.0/second" });
    await expect.poll(async () => (await recordOf("again")).path).toBe("/shop/1.0.0/second");
    expect((await recordOf("again")).sameId).toBe(2);
  });
});
