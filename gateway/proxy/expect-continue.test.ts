import { once } from "node:events";
import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { apiWith } from "../testing/api-with.ts";
import { sendRaw } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { type StubBackend, startBackend } from "../testing/stub-backend.ts";

let gateway: TestGateway;
let backend: StubBackend;

beforeEach(async () => {
  gateway = await startGateway();
  backend = await startBackend();
});
afterEach(async () => {
  await gateway.close();
  await backend.stop();
});

const waiting = "POST /shop/1.0.0/x HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n" as const;

/** A PUT whose body is sent when the gateway asks for it. */
function sendWhenAsked(): Promise<{ status: number | undefined }> {
  const headers = { Expect: "100-continue", "Content-Length": "4" };
  const sent = request({ host: "127.0.0.1", port: gateway.port, path: "/shop/1.0.0/x", method: "PUT", headers });
  sent.flushHeaders();
  sent.on("continue", () => sent.end("body"));
  return once(sent, "response").then(([response]) => {
    response.resume();
    return { status: response.statusCode };
  });
}

it("keeps the body back until the endpoint asks for it", async () => {
  let ask = () => {};
  backend.server.on("checkContinue", (incoming, response) => {
    ask = () => {
      response.writeContinue();
      backend.answering()(incoming, response);
    };
  });
  gateway.serve(apiWith({ kind: "single", production: [backend.url] }));
  const answer = sendWhenAsked();
  let isAnswered = false;
  answer.then(() => {
    isAnswered = true;
  });
  await expect.poll(() => backend.connections).toBe(1);
  await sleep(100);
  expect(isAnswered).toBe(false);
  ask();
  expect((await answer).status).toBe(200);
  expect(String(backend.requests[0]?.body)).toBe("body");
});

it("ends the connection after a refusal, since the body may come or not", async () => {
  backend.server.on("checkContinue", (_incoming, response) => response.writeHead(413).end("too much"));
  gateway.serve(apiWith({ kind: "single", production: [backend.url] }));
  const { text, closed } = await sendRaw(gateway.port, waiting);
  expect(text).toMatch(/^HTTP\/1\.1 413 .*Connection: close.*too much/s);
  expect(closed).toBe(true);
});

it("goes on to the next endpoint with the body still to come", async () => {
  const broken = await startBackend("broken");
  broken.server.on("checkContinue", (incoming) => incoming.socket.resetAndDestroy());
  gateway.serve(apiWith({ production: [broken.url, backend.url] }));
  expect((await sendWhenAsked()).status).toBe(200);
  expect(String(backend.requests[0]?.body)).toBe("body");
  await broken.stop();
});

it("lets an endpoint that never asks run out of its time", async () => {
  backend.server.on("checkContinue", () => undefined);
  gateway.serve(apiWith({ kind: "single", production: [{ url: backend.url, settings: { responseTimeoutMs: 150 } }] }));
  const { text, closed } = await sendRaw(gateway.port, waiting);
  expect(text).toMatch(/^HTTP\/1\.1 504 .*"101504"/s);
  expect(closed).toBe(true);
});

it("asks the client itself where the body says who it is", async () => {
  gateway.serve(apiWith({ production: [backend.url], session: { kind: "soap" } }));
  const { text } = await sendRaw(
    gateway.port,
    waiting.replace("Host: h", "Host: h\r\nContent-Type: text/xml\r\nConnection: close"),
    300,
  );
  expect(text).toMatch(/^HTTP\/1\.1 100 Continue/);
});
