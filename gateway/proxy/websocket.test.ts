import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { corsSchema } from "../../lib/model/cors.ts";
import { headerRulesSchema } from "../../lib/model/header-rule.ts";
import { apiWith } from "../testing/api-with.ts";
import { sendRaw } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { refusingUrl, startRawBackend } from "../testing/stub-backend.ts";

const fields = {
  Connection: "Upgrade",
  Upgrade: "websocket",
  "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
  "Sec-WebSocket-Version": "13",
};
const head = "GET /shop/1.0.0/chat HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n";

let gateway: TestGateway;
let echo: { server: Server; url: string; requests: IncomingMessage[] };

/** Upgrades, says hello with its head, then gives back what it gets. */
async function startEcho(): Promise<typeof echo> {
  const requests: IncomingMessage[] = [];
  const server = createServer((_incoming, response) => response.end("plain"));
  server.on("upgrade", (incoming, socket) => {
    requests.push(incoming);
    socket.on("error", () => undefined);
    socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Own: 1\r\n\r\nhello",
    );
    socket.pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP address was expected");
  return { server, url: `http://127.0.0.1:${address.port}`, requests };
}

beforeEach(async () => {
  gateway = await startGateway();
  echo = await startEcho();
});
afterEach(async () => {
  await gateway.close();
  echo.server.closeAllConnections();
  echo.server.close();
});

async function upgrade(
  more: Record<string, string> = {},
): Promise<{ response: IncomingMessage; socket: Socket; first: string }> {
  const sent = request({
    host: "127.0.0.1",
    port: gateway.port,
    path: "/shop/1.0.0/chat?room=1",
    headers: { ...fields, ...more },
    agent: false,
  });
  sent.end();
  const [response, socket, rest] = await once(sent, "upgrade");
  socket.on("error", () => undefined);
  const first = rest.length > 0 ? String(rest) : String((await once(socket, "data"))[0]);
  return { response, socket, first };
}

describe("an upgrade to WebSocket", () => {
  it("is answered with the API's header rules and CORS fields: handshakes went past both", async () => {
    const cors = { corsConfigurationEnabled: true, accessControlAllowOrigins: ["https://app.example"] };
    const response = [
      { action: "remove", name: "X-Own" },
      { action: "set", name: "X-Rule", value: "r" },
    ];
    const runtime = { cors: corsSchema.parse(cors), headerRules: headerRulesSchema.parse({ response }) };
    await gateway.serve(apiWith({ kind: "single", production: [echo.url], runtime }));
    const opened = await upgrade({ Origin: "https://app.example" });
    expect(opened.response.headers).toMatchObject({
      ...{ "x-rule": "r", "access-control-allow-origin": "https://app.example", upgrade: "websocket" },
    });
    expect([opened.response.headers["x-own"], opened.first]).toEqual([undefined, "hello"]);
    opened.socket.destroy();
  });

  it("becomes a tunnel in both directions", async () => {
    gateway.serve(apiWith({ kind: "single", production: [echo.url] }));
    const { response, socket, first } = await upgrade();
    expect([response.statusCode, response.headers.upgrade, response.headers["x-own"], first]).toEqual([
      101,
      "websocket",
      "1",
      "hello",
    ]);
    expect(response.headers["x-request-id"]).toBeDefined();
    socket.write("ping");
    expect(String((await once(socket, "data"))[0])).toBe("ping");
    expect(echo.requests[0]?.url).toBe("/chat?room=1");
    expect(echo.requests[0]?.headers).toMatchObject({ "sec-websocket-version": "13", "x-forwarded-for": "127.0.0.1" });
    socket.destroy();
  });

  it("fails over to the second endpoint", async () => {
    gateway.serve(apiWith({ production: [await refusingUrl(), echo.url] }));
    const { socket } = await upgrade();
    expect([gateway.stateOf(0), gateway.stateOf(1)]).toEqual(["suspended", "active"]);
    socket.destroy();
  });

  it("passes on what the client sent together with its request", async () => {
    gateway.serve(apiWith({ kind: "single", production: [echo.url] }));
    const { text } = await sendRaw(gateway.port, `${head}\r\nearly`, 500);
    expect(text).toMatch(/^HTTP\/1\.1 101 .*\r\n\r\nhello.*early$/s);
  });

  it("that the endpoint answers otherwise gets that answer", async () => {
    const plain = await startRawBackend((socket) =>
      socket.once("data", () => socket.end("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 2\r\nX-Own: 1\r\n\r\nno")),
    );
    gateway.serve(apiWith({ kind: "single", production: [plain.url] }));
    const { text, closed } = await sendRaw(gateway.port, `${head}\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 426 Upgrade Required\r\n.*X-Own: 1.*\r\n\r\nno$/s);
    expect([closed, gateway.stateOf()]).toEqual([true, "active"]);
    await plain.stop();
  });

  it.each([
    ["without a key", () => apiWith({ production: [echo.url], apiKeyRequired: true }), "401", "900902"],
    ["to a blocked API", () => apiWith({ production: [echo.url], lifecycleState: "BLOCKED" }), "503", "700700"],
    ["to nowhere", () => apiWith({ production: [echo.url], context: "/other" }), "404", "404"],
  ] as const)("%s is refused with a code", async (_case, api, status, code) => {
    gateway.serve(api());
    const { text, closed } = await sendRaw(gateway.port, `${head}\r\n`);
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(text).toContain(`"code":"${code}"`);
    expect(closed).toBe(true);
  });

  it("to an endpoint that refuses gets 502, then 503 with Retry-After", async () => {
    gateway.serve(apiWith({ kind: "single", production: [await refusingUrl()] }));
    expect((await sendRaw(gateway.port, `${head}\r\n`)).text).toMatch(/^HTTP\/1\.1 502 .*"code":"101503"/s);
    expect((await sendRaw(gateway.port, `${head}\r\n`)).text).toMatch(
      /^HTTP\/1\.1 503 .*Retry-After: \d+.*"code":"303001"/is,
    );
  });

  it.each([
    ["fault", /^HTTP\/1\.1 101 /],
    ["discard", /^HTTP\/1\.1 504 .*"code":"101504"/s],
  ] as const)("that is not answered in time follows the timeout action %s", async (timeoutAction, expected) => {
    const stalling = await startRawBackend(() => undefined);
    const settings = { responseTimeoutMs: 150, timeoutAction };
    gateway.serve(apiWith({ production: [{ url: stalling.url, settings }, echo.url] }));
    expect((await sendRaw(gateway.port, `${head}\r\n`, 1_000)).text).toMatch(expected);
    await stalling.stop();
  });

  it("ends at the endpoint when the client leaves, and the other way round", async () => {
    gateway.serve(apiWith({ kind: "single", production: [echo.url] }));
    const first = await upgrade();
    first.socket.destroy();
    await expect.poll(() => echo.requests[0]?.socket.destroyed).toBe(true);
    const second = await upgrade();
    echo.requests[1]?.socket.destroy();
    await once(second.socket, "close");
  });

  it("loses nothing that the endpoint sent before it closed", async () => {
    const size = 8 * 1024 * 1024;
    const farewell = await startRawBackend((socket) =>
      socket.once("data", () => {
        socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
        socket.end(Buffer.alloc(size, "x"));
      }),
    );
    gateway.serve(apiWith({ kind: "single", production: [farewell.url] }));
    // A client that keeps its side open and reads late, so that the endpoint's connection is gone long before.
    const client = connect({ port: gateway.port, host: "127.0.0.1", allowHalfOpen: true });
    client.write(`${head}\r\n`);
    await once(client, "readable");
    await new Promise((resolve) => setTimeout(resolve, 300));
    let bytes = 0;
    for await (const part of client) bytes += part.length;
    expect(bytes).toBeGreaterThan(size);
    client.destroy();
    await farewell.stop();
  });

  it("is counted and logged like any request", async () => {
    gateway.serve(apiWith({ kind: "single", production: [echo.url] }));
    const { socket } = await upgrade();
    socket.destroy();
    await expect.poll(() => gateway.logged).toMatchObject([{ method: "GET", path: "/shop/1.0.0/chat", status: 101 }]);
    const { metrics, workers } = gateway.gateway;
    expect(await metrics.text(await workers.metrics())).toContain('fairlead_requests_total{status="101"} 1');
  });

  it("does not keep the gateway from stopping", async () => {
    gateway.serve(apiWith({ kind: "single", production: [echo.url] }));
    const { socket } = await upgrade();
    const startedAt = performance.now();
    await gateway.gateway.close(200);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    socket.destroy();
    gateway = await startGateway();
  });

  it("to anything but WebSocket is a request like any other", async () => {
    gateway.serve(apiWith({ kind: "single", production: [echo.url] }));
    const { text } = await sendRaw(
      gateway.port,
      "GET /shop/1.0.0/x HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n",
    );
    expect(text).toMatch(/^HTTP\/1\.1 200 OK.*plain/s);
  });
});
