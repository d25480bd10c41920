import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { afterEach, beforeEach, expect, it } from "vitest";
import { apiWith } from "../testing/api-with.ts";
import { call } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { type StubBackend, startBackend } from "../testing/stub-backend.ts";

let gateway: TestGateway;
let backend: StubBackend;

beforeEach(async () => {
  gateway = await startGateway({ idleMs: { body: 400, eventStream: 900 } });
  backend = await startBackend();
  gateway.serve(apiWith({ kind: "single", production: [backend.url] }));
});
afterEach(async () => {
  await gateway.close();
  await backend.stop();
});

const path = "/shop/1.0.0/x";

it.each([
  ["a body", "text/plain", 350, 800],
  ["an event stream", "text/event-stream", 850, 1_500],
])("cuts %s on which nothing moves", async (_case, type, atLeastMs, atMostMs) => {
  backend.behave((_request, response) => {
    response.writeHead(200, { "Content-Type": type });
    response.write("data: 1\n\n");
  });
  const startedAt = performance.now();
  await expect(call(gateway.port, { path })).rejects.toThrow(/aborted|hang up/);
  const took = performance.now() - startedAt;
  expect(took).toBeGreaterThan(atLeastMs);
  expect(took).toBeLessThan(atMostMs);
  expect(gateway.stateOf()).toBe("active");
});

it("does not cut a body that trickles, however long it takes", async () => {
  backend.behave((_request, response) => {
    let count = 0;
    const trickle = setInterval(() => {
      count += 1;
      if (count < 6) return void response.write("x");
      clearInterval(trickle);
      response.end();
    }, 150);
  });
  expect((await call(gateway.port, { path })).text).toBe("xxxxx");
});

it("does not cut a response that waits while the request goes on", async () => {
  backend.behave((incoming, response) => {
    response.flushHeaders();
    incoming.resume().on("end", () => response.end("done"));
  });
  const sent = request({ host: "127.0.0.1", port: gateway.port, method: "POST", path, agent: false });
  const answered = once(sent, "response");
  sent.write("x");
  const [response]: IncomingMessage[] = await answered;
  for (let count = 0; count < 5; count += 1) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    sent.write("x");
  }
  sent.end();
  let text = "";
  for await (const chunk of response ?? []) text += chunk;
  expect(text).toBe("done");
});

it("relays trailers of a request", async () => {
  const headers = { Trailer: "X-Sum", "Transfer-Encoding": "chunked" };
  const sent = request({ host: "127.0.0.1", port: gateway.port, method: "POST", path, headers, agent: false });
  sent.write("body");
  sent.addTrailers({ "X-Sum": "42" });
  sent.end();
  const [response]: IncomingMessage[] = await once(sent, "response");
  response?.resume();
  expect(backend.requests[0]).toMatchObject({ trailers: { "x-sum": "42" }, headers: { trailer: "X-Sum" } });
});
