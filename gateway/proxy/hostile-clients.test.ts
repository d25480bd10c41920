import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apiWith } from "../testing/api-with.ts";
import { call } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { type StubBackend, startBackend } from "../testing/stub-backend.ts";
import type { ConnectionEnd } from "./traffic-metrics.ts";

let gateway: TestGateway;
let backend: StubBackend;
const sockets: Socket[] = [];

beforeEach(async () => {
  backend = await startBackend("A");
  gateway = await startGateway({
    logLevel: "silent",
    idleMs: { body: 400 },
    clientLimits: { headMs: 300, keepAliveMs: 300, maxConnections: 20 },
  });
  await gateway.serve(apiWith({ production: [backend.url] }));
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await gateway.close();
  await backend.stop();
});

/** A connection that has said this, and what it hears. */
async function saying(octets: string): Promise<{ socket: Socket; heard: () => string; closed: Promise<unknown> }> {
  const socket = connect({ port: gateway.port, host: "127.0.0.1", allowHalfOpen: true });
  sockets.push(socket);
  socket.on("error", () => undefined);
  let text = "";
  const closed = once(socket, "close");
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    text += chunk;
  });
  socket.once("end", () => socket.end());
  await once(socket, "connect");
  if (octets !== "") socket.write(octets);
  return { socket, heard: () => text, closed };
}

/** What the gateway counts of connections that it ended. */
function ended(reason: ConnectionEnd): number {
  const metrics = gateway.gateway.workers.worker.metrics.values();
  const metric = metrics.find(({ name }) => name === "fairlead_client_connections_ended_total");
  return metric?.values.find(({ labels }) => labels.reason === reason)?.value ?? 0;
}

function openConnections(): number {
  const metrics = gateway.gateway.workers.worker.metrics.values();
  return metrics.find(({ name }) => name === "fairlead_client_connections")?.values[0]?.value ?? 0;
}

const head = "GET /shop/1.0.0/items HTTP/1.1\r\nHost: x\r\n";

describe("a client", () => {
  it("that sends half a head and no more is told so after the time for a head, and counted", async () => {
    const { heard, closed } = await saying(head);
    await closed;
    expect(heard()).toMatch(/^HTTP\/1\.1 408 /);
    expect(ended("slow-head")).toBe(1);
  });

  it("that sends its head drop by drop is not given more time for each drop", async () => {
    const { socket, heard, closed } = await saying(head);
    const dripping = setInterval(() => socket.write("Drop: 1\r\n"), 40);
    await closed;
    clearInterval(dripping);
    expect(heard()).toMatch(/^HTTP\/1\.1 408 /);
  });

  it("that announces a body and does not send it is told so, and the endpoint keeps its state", async () => {
    const { heard, closed } = await saying(
      "POST /shop/1.0.0/items HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf",
    );
    await closed;
    expect(heard()).toMatch(/^HTTP\/1\.1 408 /);
    expect(gateway.stateOf()).toBe("active");
  });

  it("that does not read its response holds an endpoint's connection no longer than a stream may stand still", async () => {
    backend.behave((_request, response) => {
      response.writeHead(200);
      const more = () => {
        while (response.write(Buffer.alloc(64 * 1024)));
        response.once("drain", more);
      };
      more();
    });
    const { socket, closed } = await saying(`${head}\r\n`);
    socket.pause();
    await sleep(1_500);
    expect(openConnections()).toBe(0);
    socket.resume();
    await closed;
    backend.behave(backend.answering());
    expect((await call(gateway.port)).status).toBe(200);
  });

  it("that closes its side is not answered, and its connection is gone", async () => {
    const { socket, closed } = await saying(`${head}\r\n`);
    socket.end();
    await closed;
    await expect.poll(openConnections).toBe(0);
  });

  it("that floods with what is no request is refused each time, and others are served meanwhile", async () => {
    for (let round = 0; round < 10; round += 1) {
      const refused = await Promise.all(Array.from({ length: 10 }, () => saying("\0\0\0\0\r\n\r\n")));
      expect((await call(gateway.port)).status).toBe(200);
      await Promise.all(refused.map(({ closed }) => closed));
      for (const { heard } of refused) expect(heard()).toMatch(/^HTTP\/1\.1 400 /);
    }
    expect(ended("malformed")).toBe(100);
    await expect.poll(openConnections).toBe(0);
  });

  it("beyond the most connections is answered 503, and those that are open go on", async () => {
    const first = await saying(`${head}\r\n`);
    const others = await Promise.all(Array.from({ length: 19 }, () => saying(head)));
    await expect.poll(openConnections).toBe(20);
    const { heard, closed } = await saying("");
    await closed;
    expect(heard()).toMatch(/^HTTP\/1\.1 503 .*Retry-After: 1\r\n.*Connection: close/s);
    expect(ended("too-many")).toBe(1);
    expect(first.heard()).toMatch(/^HTTP\/1\.1 200 /);
    for (const { socket } of others) socket.destroy();
    await expect.poll(openConnections).toBeLessThan(20);
    expect((await call(gateway.port)).status).toBe(200);
  });
});

// Node's own server does not tell which of its connections it ends.
describe.runIf(process.env.FAIRLEAD_TEST_PATH !== "node")("a connection that is served on the wire", () => {
  it("that says nothing is closed, and counted as silent", async () => {
    const { closed } = await saying("");
    await closed;
    expect([ended("silent"), ended("idle")]).toEqual([1, 0]);
  });

  it("that says nothing more is closed after its time, and counted as idle", async () => {
    const { heard, closed } = await saying(`${head}\r\n`);
    await closed;
    expect(heard()).toMatch(/^HTTP\/1\.1 200 /);
    expect([ended("silent"), ended("idle")]).toEqual([0, 1]);
  });

  it("that does not send its body, or does not read its response, is counted", async () => {
    const { closed } = await saying("POST /shop/1.0.0/items HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf");
    await closed;
    expect(ended("slow-body")).toBe(1);
  });
});
