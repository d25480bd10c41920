import { createHash, createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apiWith } from "../testing/api-with.ts";
import { call, codeOf, sendRaw } from "../testing/call.ts";
import { startGateway, type TestGateway, testSecret } from "../testing/start-gateway.ts";
import { refusingUrl, type StubBackend, startBackend, startRawBackend } from "../testing/stub-backend.ts";

const wallClockMs = Date.UTC(2030, 0, 1);
const consumerKey = "flk_consumer";
const hash = createHash("sha256").update(consumerKey).digest("hex");
const productionKey = { id: "k1", hash, keyType: "production", expiresAtMs: null } as const;

function tryOutKey(claim: unknown, secret = testSecret): string {
  const payload = Buffer.from(typeof claim === "string" ? claim : JSON.stringify(claim)).toString("base64url");
  const signature = createHmac("sha256", `try-out:${secret}`).update(payload).digest("base64url");
  return `flt_${payload}.${signature}`;
}

let gateway: TestGateway;
let backend: StubBackend;

beforeEach(async () => {
  gateway = await startGateway({ wallClock: () => wallClockMs });
  backend = await startBackend();
});
afterEach(async () => {
  await gateway.close();
  await backend.stop();
});

describe("what the gateway answers itself", () => {
  it("says 404 where no API is", async () => {
    gateway.serve(apiWith({ production: [backend.url] }));
    for (const path of ["/", "/shop", "/shop/1.0.0x/items", "/other/1.0.0"]) {
      const answer = await call(gateway.port, { path });
      expect([answer.status, codeOf(answer)]).toEqual([404, "404"]);
      expect(answer.headers["content-type"]).toBe("application/json");
      expect(JSON.parse(answer.text)).toMatchObject({ type: "Status report", message: "Not Found" });
    }
  });

  it.each([
    ["without a key", {}, 401, "900902"],
    ["with an empty key", { apikey: "" }, 401, "900902"],
    ["with a key nobody knows", { apikey: "flk_unknown" }, 401, "900901"],
    ["with a key of another form", { apikey: "x".repeat(3_000) }, 401, "900901"],
    ["with the right key", { apikey: consumerKey }, 200, undefined],
    [
      "with a try-out key",
      { "Internal-Key": tryOutKey({ apiId: "api-1", keyType: "production", expiresAtMs: wallClockMs + 1 }) },
      200,
      undefined,
    ],
    [
      "with a try-out key that expired this moment",
      { "Internal-Key": tryOutKey({ apiId: "api-1", keyType: "production", expiresAtMs: wallClockMs }) },
      401,
      "900901",
    ],
    [
      "with a try-out key of another API",
      { "Internal-Key": tryOutKey({ apiId: "api-2", keyType: "production", expiresAtMs: wallClockMs + 1 }) },
      401,
      "900901",
    ],
    [
      "with a try-out key signed by another installation",
      {
        "Internal-Key": tryOutKey(
          { apiId: "api-1", keyType: "production", expiresAtMs: wallClockMs + 1 },
          "another secret",
        ),
      },
      401,
      "900901",
    ],
    ["with a signed try-out key that holds no JSON", { "Internal-Key": tryOutKey("not json") }, 401, "900901"],
    ["with a try-out key that is only a prefix", { "Internal-Key": "flt_" }, 401, "900901"],
    [
      "with a sandbox key where there is no sandbox",
      { "Internal-Key": tryOutKey({ apiId: "api-1", keyType: "sandbox", expiresAtMs: wallClockMs + 1 }) },
      403,
      "900901",
    ],
  ])("answers a call %s", async (_case, headers, status, code) => {
    gateway.serve(apiWith({ production: [backend.url], apiKeyRequired: true, keys: [productionKey] }));
    const answer = await call(gateway.port, { headers });
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
  });

  it("refuses a key from the moment on at which it expires", async () => {
    const keys = (expiresAtMs: number) => [{ ...productionKey, expiresAtMs }];
    gateway.serve(apiWith({ production: [backend.url], apiKeyRequired: true, keys: keys(wallClockMs + 1) }));
    expect((await call(gateway.port, { headers: { apikey: consumerKey } })).status).toBe(200);
    gateway.serve(apiWith({ production: [backend.url], apiKeyRequired: true, keys: keys(wallClockMs) }));
    expect((await call(gateway.port, { headers: { apikey: consumerKey } })).status).toBe(401);
  });

  it("refuses a production key where there is only a sandbox", async () => {
    gateway.serve(apiWith({ sandbox: [backend.url], apiKeyRequired: true, keys: [productionKey] }));
    const answer = await call(gateway.port, { headers: { apikey: consumerKey } });
    expect([answer.status, codeOf(answer)]).toEqual([403, "900901"]);
  });

  it("says 503 700700 of a blocked API", async () => {
    gateway.serve(apiWith({ production: [backend.url], lifecycleState: "BLOCKED" }));
    const answer = await call(gateway.port);
    expect([answer.status, codeOf(answer)]).toEqual([503, "700700"]);
  });

  it("serves a deprecated API, and an open API by its sandbox when that is all there is", async () => {
    gateway.serve(apiWith({ sandbox: [backend.url], lifecycleState: "DEPRECATED" }));
    expect((await call(gateway.port)).text).toBe("A");
  });
});

describe("what the gateway answers for an endpoint", () => {
  const raw = (bytes: string) => async () => {
    const lying = await startRawBackend((socket) => socket.once("data", () => socket.end(bytes)));
    return lying.url;
  };
  it.each([
    ["refuses connections", refusingUrl, 502, "101503"],
    ["has a name that does not resolve", async () => "http://does-not-exist.invalid/", 502, "101503"],
    ["closes before it answers", raw(""), 502, "101505"],
    ["answers in no protocol we know", raw("SSH-2.0-OpenSSH_9.6\r\n"), 502, "101506"],
    ["answers with a status below 100", raw("HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n"), 502, "101506"],
    ["ends in the middle of its head", raw("HTTP/1.1 200 OK\r\nContent-Le"), 502, "101505"],
    ["sends a head without end", raw(`HTTP/1.1 200 OK\r\nX: ${"y".repeat(40_000)}\r\n\r\n`), 502, "101506"],
    [
      "upgrades to what nobody asked for",
      raw("HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
      502,
      "101506",
    ],
    [
      "speaks plain HTTP where TLS is expected",
      async () => (await raw("HTTP/1.1 400 Bad\r\n\r\n")()).replace("http:", "https:"),
      502,
      "101500",
    ],
  ])("an endpoint that %s", async (_case, url, status, code) => {
    gateway.serve(apiWith({ kind: "single", production: [await url()] }));
    const answer = await call(gateway.port);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    expect(answer.text).not.toContain("127.0.0.1");
    expect(gateway.stateOf()).not.toBe("active");
  });

  it("an endpoint that resets the connection", async () => {
    backend.behave(backend.resetting());
    gateway.serve(apiWith({ kind: "single", production: [backend.url] }));
    const answer = await call(gateway.port);
    expect([answer.status, codeOf(answer)]).toEqual([502, "101500"]);
  });

  it("an endpoint that does not answer within its Duration", async () => {
    backend.behave(backend.stalling());
    const production = [{ url: backend.url, settings: { responseTimeoutMs: 200 } }];
    gateway.serve(apiWith({ kind: "single", production }));
    const startedAt = performance.now();
    const answer = await call(gateway.port);
    const took = performance.now() - startedAt;
    expect([answer.status, codeOf(answer)]).toEqual([504, "101504"]);
    expect(JSON.parse(answer.text).description).toBe("Send timeout");
    expect(took).toBeGreaterThan(190);
    expect(took).toBeLessThan(600);
  });

  it("a single endpoint that is suspended: 303001 with its state, and when to come back", async () => {
    gateway.serve(apiWith({ kind: "single", production: [await refusingUrl()] }));
    await call(gateway.port);
    const answer = await call(gateway.port);
    expect([answer.status, codeOf(answer)]).toEqual([503, "303001"]);
    expect(JSON.parse(answer.text).description).toBe(
      "Currently , Address endpoint : [ Name : Shop--v1.0.0_APIproductionEndpoint ] [ State : SUSPENDED ]",
    );
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(25);
    expect(Number(answer.headers["retry-after"])).toBeLessThanOrEqual(30);
  });

  it.each([
    ["load-balance", "Loadbalance"],
    ["failover", "Failover"],
  ] as const)("a %s group none of which is ready: 303000", async (kind, word) => {
    gateway.serve(apiWith({ kind, production: [await refusingUrl(), await refusingUrl()] }));
    expect(codeOf(await call(gateway.port))).toBe("101503");
    const answer = await call(gateway.port);
    expect([answer.status, codeOf(answer)]).toEqual([503, "303000"]);
    expect(JSON.parse(answer.text).description).toBe(
      `${word} endpoint : Shop--v1.0.0_APIproductionEndpoint - no ready child endpoints`,
    );
    expect(answer.headers["retry-after"]).toBeDefined();
  });

  it("a session whose endpoint is not ready and which may not move: 309001", async () => {
    backend.behave(backend.resetting());
    const session = { kind: "client-id" };
    gateway.serve(apiWith({ production: [backend.url], failover: false, session }));
    const headers = { ClientID: "c1" };
    expect(codeOf(await call(gateway.port, { headers }))).toBe("101500");
    const answer = await call(gateway.port, { headers });
    expect([answer.status, codeOf(answer)]).toEqual([503, "309001"]);
    expect(answer.headers["retry-after"]).toBeDefined();
  });
});

describe("what the gateway refuses to read", () => {
  const host = "Host: gateway\r\n";
  it.each([
    ["two Host fields", `GET /shop/1.0.0 HTTP/1.1\r\n${host}Host: other\r\n\r\n`],
    ["no Host field", "GET /shop/1.0.0 HTTP/1.1\r\n\r\n"],
    [
      "Content-Length and Transfer-Encoding",
      `POST /shop/1.0.0 HTTP/1.1\r\n${host}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      "two Content-Length fields",
      `POST /shop/1.0.0 HTTP/1.1\r\n${host}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc`,
    ],
    ["an unknown transfer coding", `POST /shop/1.0.0 HTTP/1.1\r\n${host}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    [
      "a transfer coding before chunked",
      `POST /shop/1.0.0 HTTP/1.1\r\n${host}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    ],
    ["a negative length", `POST /shop/1.0.0 HTTP/1.1\r\n${host}Content-Length: -3\r\n\r\n`],
    ["a space before the colon", `GET /shop/1.0.0 HTTP/1.1\r\n${host}X-A : b\r\n\r\n`],
    ["a folded line", `GET /shop/1.0.0 HTTP/1.1\r\n${host}X-A: b\r\n c\r\n\r\n`],
    ["a bare CR in a field", `GET /shop/1.0.0 HTTP/1.1\r\n${host}X-A: b\rc: d\r\n\r\n`],
    ["a NUL in a field", `GET /shop/1.0.0 HTTP/1.1\r\n${host}X-A: b\0\r\n\r\n`],
    ["no HTTP at all", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03hello\r\n\r\n"],
    ["another form of target", `OPTIONS * HTTP/1.1\r\n${host}\r\n`],
    ["a target that no URL parser takes", `GET http://[/shop/1.0.0 HTTP/1.1\r\n${host}\r\n`],
  ])("answers %s with 400 in JSON and closes", async (_case, bytes) => {
    gateway.serve(apiWith({ production: [backend.url] }));
    const { text, closed } = await sendRaw(gateway.port, bytes);
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text.toLowerCase()).toContain("content-type: application/json");
    expect(text).toContain('"code":"400"');
    expect(closed).toBe(true);
    expect(backend.requests).toHaveLength(0);
  });

  it.each([
    ["larger than 16 KiB", `X: ${"y".repeat(17_000)}\r\n`],
    ["of more than 100 fields", Array.from({ length: 110 }, (_, index) => `X-${index}: y\r\n`).join("")],
  ])("answers a head %s with 431", async (_case, fields) => {
    gateway.serve(apiWith({ production: [backend.url] }));
    const { text, closed } = await sendRaw(gateway.port, `GET /shop/1.0.0 HTTP/1.1\r\n${host}${fields}\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 431 /);
    expect(text).toContain('"code":"431"');
    expect(closed).toBe(true);
  });

  it("answers a head that does not arrive with 408", async () => {
    const { text, closed } = await sendRaw(gateway.port, `GET /shop/1.0.0 HTTP/1.1\r\n${host}`, 14_000);
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(text).toContain('"code":"408"');
    expect(closed).toBe(true);
  });

  it.each([
    "/..",
    "/../x",
    "/a/../../x",
    "/%2e%2E/x",
    "/.%2e/x",
    "/a%2f..%2fx",
    "/a\\..\\x",
    "/..;x=1/y",
    "/a/%5c../x",
  ])("refuses the climbing path %s and keeps the connection", async (rest) => {
    gateway.serve(apiWith({ production: [backend.url] }));
    const answer = await call(gateway.port, { path: `/shop/1.0.0${rest}` });
    expect([answer.status, codeOf(answer)]).toEqual([400, "400"]);
    expect(backend.requests).toHaveLength(0);
  });

  it.each(["/a..b", "/...", "/.well-known", "/%2e", "/a?x=../.."])("lets the path %s pass as it is", async (rest) => {
    gateway.serve(apiWith({ production: [backend.url] }));
    expect((await call(gateway.port, { path: `/shop/1.0.0${rest}` })).status).toBe(200);
    expect(backend.requests[0]?.url).toBe(rest);
  });

  it("writes no second answer into a response that is under way", async () => {
    backend.behave((_request, response) => {
      response.writeHead(200, { "Content-Length": "10" });
      response.write("12345");
    });
    gateway.serve(apiWith({ production: [backend.url] }));
    const { text } = await sendRaw(
      gateway.port,
      `GET /shop/1.0.0 HTTP/1.1\r\n${host}\r\nnot http at all\r\n\r\n`,
      1_000,
    );
    expect(text.match(/HTTP\/1\.1/g)?.length ?? 0).toBeLessThanOrEqual(1);
    expect(text).not.toContain("Bad Request");
  });

  it("leaves no socket behind when a client that was refused stays connected", async () => {
    await sendRaw(gateway.port, "nonsense\r\n\r\n", 100);
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    const count = await new Promise<number>((resolve) =>
      gateway.gateway.workers.worker.server.getConnections((_e, n) => resolve(n)),
    );
    expect(count).toBe(0);
  });
});
