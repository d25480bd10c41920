import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { runRateLoad } from "./rate-load.ts";

async function serve(status: number, waitMs: number) {
  const server = createServer(async (_request, response) => {
    await sleep(waitMs);
    response.writeHead(status, { "Content-Length": "2" }).end("ok");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP address was expected");
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { port: address.port, close };
}

const load = { path: "/", headers: {}, perSecond: 100, seconds: 0.5, connections: 8 };

it("sends as many requests as the rate asks for", async () => {
  const server = await serve(200, 0);
  const result = await runRateLoad({ ...load, port: server.port });
  server.close();
  expect(result).toMatchObject({ requests: 50, failed: 0 });
});

it("counts waiting for a connection as time that a request has waited", async () => {
  const server = await serve(200, 20);
  // Two connections carry at most 100 requests a second, of which 200 are due.
  const result = await runRateLoad({ ...load, port: server.port, perSecond: 200, connections: 2 });
  server.close();
  expect(result.p99Ms).toBeGreaterThan(200);
});

it("counts answers of other statuses as failed", async () => {
  const server = await serve(503, 0);
  const result = await runRateLoad({ ...load, port: server.port });
  server.close();
  expect(result.failed).toBe(50);
});
