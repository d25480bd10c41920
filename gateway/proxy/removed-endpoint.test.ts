import { once } from "node:events";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apiWith } from "../testing/api-with.ts";
import { call, codeOf } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { type StubBackend, startBackend } from "../testing/stub-backend.ts";

const graceMs = 300;

let gateway: TestGateway;
let a: StubBackend;
let b: StubBackend;
/** A's open responses. */
let streams: ServerResponse[];

beforeEach(async () => {
  gateway = await startGateway({ removedGraceMs: graceMs });
  [a, b] = await Promise.all([startBackend("A"), startBackend("B")]);
  streams = [];
  a.behave((incoming, response) => {
    incoming.resume();
    response.write("begun");
    streams.push(response);
  });
});
afterEach(async () => {
  await gateway.close();
  await Promise.all([a, b].map((backend) => backend.stop()));
});

const serveBoth = () => gateway.serve(apiWith({ production: [a.url, b.url] }));
const removeA = () => {
  const stays = { id: "b", url: b.url };
  return gateway.serve(apiWith({ production: [stays] }));
};
const endedRequests = () =>
  gateway.logged.filter(({ msg }) => msg === "requests ended: their endpoint was removed").map((line) => line.requests);

/** A response whose body is on its way. */
async function begin(): Promise<IncomingMessage> {
  const sent = request({ host: "127.0.0.1", port: gateway.port, path: "/shop/1.0.0/items", agent: false });
  sent.on("error", () => undefined);
  sent.end();
  const [response]: IncomingMessage[] = await once(sent, "response");
  if (!response) throw new Error("a response was expected");
  response.on("error", () => undefined);
  return response;
}

async function bodyOf(response: IncomingMessage): Promise<{ text: string; isWhole: boolean }> {
  let text = "";
  response.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  await new Promise((resolve) => response.once("close", resolve));
  return { text, isWhole: response.complete };
}

describe("a request at an endpoint that a reload removes", () => {
  it("may finish", async () => {
    await serveBoth();
    const body = bodyOf(await begin());
    await removeA();
    await sleep(graceMs / 3);
    streams[0]?.end(" and ended");
    expect(await body).toEqual({ text: "begun and ended", isWhole: true });
    await sleep(graceMs);
    expect(endedRequests()).toEqual([]);
  });

  it("is broken off when it takes too long, and cannot be taken for whole", async () => {
    await serveBoth();
    const body = bodyOf(await begin());
    const startedAt = performance.now();
    await removeA();
    const isClosed = once(streams[0] ?? a.server, "close");
    expect(await body).toEqual({ text: "begun", isWhole: false });
    expect(performance.now() - startedAt).toBeGreaterThan(graceMs - 20);
    await isClosed;
    expect(endedRequests()).toEqual([1]);
  });

  it("is broken off at a client that does not read the end of a body either", async () => {
    a.behave((incoming, response) => {
      incoming.resume();
      response.end(Buffer.alloc(64 * 1024 * 1024));
    });
    await serveBoth();
    const response = await begin();
    await removeA();
    await sleep(graceMs + 100);
    expect((await bodyOf(response)).isWhole).toBe(false);
  });

  it("goes on to another endpoint when it has no answer yet and may be repeated", async () => {
    a.behave(a.stalling());
    await serveBoth();
    const answer = call(gateway.port);
    await expect.poll(() => a.requests.length).toBe(1);
    await removeA();
    expect((await answer).text).toBe("B");
  });

  it("fails when it has no answer yet and may not be repeated", async () => {
    a.behave(a.stalling());
    await serveBoth();
    const answer = call(gateway.port, { method: "POST", body: "x" });
    await expect.poll(() => a.requests.length).toBe(1);
    await removeA();
    const { status, ...rest } = await answer;
    expect([status, codeOf(rest), b.requests.length]).toEqual([502, "101507", 0]);
  });

  it.each<[string, () => Promise<void>]>([
    ["whose URL changes", () => gateway.serve(apiWith({ production: [`${a.url}/other`, b.url] }))],
    ["of a whole group", () => gateway.serve(apiWith({ sandbox: [b.url] }))],
    ["of a whole API", () => gateway.serve()],
  ])("is ended in the same way at an endpoint %s", async (_title, reload) => {
    await serveBoth();
    const body = bodyOf(await begin());
    await reload();
    expect(await body).toEqual({ text: "begun", isWhole: false });
  });
});

describe("a request at an endpoint that stays", () => {
  it("is left alone, whatever else changes", async () => {
    await serveBoth();
    const body = bodyOf(await begin());
    const settings = { responseTimeoutMs: 1_000 };
    await gateway.serve(apiWith({ production: [{ url: a.url, settings }] }));
    await gateway.serve(apiWith({ kind: "failover", production: [a.url, b.url] }));
    await sleep(graceMs + 100);
    streams[0]?.end(" and ended");
    expect(await body).toEqual({ text: "begun and ended", isWhole: true });
  });

  it("is left alone when it came there by failover from the removed one", async () => {
    a.behave(a.answering(503));
    let answer: ServerResponse | undefined;
    b.behave((incoming, response) => {
      incoming.resume();
      response.write("begun");
      answer = response;
    });
    await gateway.serve(apiWith({ production: [a.url, b.url], failoverStatuses: { statuses: [503] } }));
    const body = bodyOf(await begin());
    await removeA();
    await sleep(graceMs + 100);
    answer?.end(" and ended");
    expect(await body).toEqual({ text: "begun and ended", isWhole: true });
  });
});

it("counts only what is open: what has ended is forgotten", async () => {
  const answering = a.answering();
  a.behave((incoming, response) => {
    if (incoming.url === "/items") answering(incoming, response);
    else incoming.resume().once("end", () => response.write("begun"));
  });
  await gateway.serve(apiWith({ production: [a.url] }));
  for (let turn = 0; turn < 20; turn += 1) {
    await call(gateway.port, { method: turn % 2 === 0 ? "GET" : "HEAD" });
  }
  const open = call(gateway.port, { path: "/shop/1.0.0/stream" }).catch(() => "broken off");
  await expect.poll(() => a.connections).toBeGreaterThan(0);
  await sleep(50);
  await gateway.serve();
  expect(await open).toBe("broken off");
  expect(endedRequests()).toEqual([1]);
});

describe("a WebSocket at an endpoint that a reload removes", () => {
  async function upgrade(): Promise<Duplex> {
    const headers = { Connection: "Upgrade", Upgrade: "websocket" };
    const path = "/shop/1.0.0/chat";
    const sent = request({ host: "127.0.0.1", port: gateway.port, path, headers, agent: false });
    sent.end();
    const [, socket]: [IncomingMessage, Duplex] = await new Promise((resolve, reject) => {
      sent.once("upgrade", (response, upgraded) => resolve([response, upgraded]));
      sent.once("error", reject);
    });
    socket.on("error", () => undefined).resume();
    return socket;
  }

  let upstream: Duplex[];
  beforeEach(() => {
    upstream = [];
    for (const backend of [a, b]) {
      backend.server.on("upgrade", (_incoming, socket) => {
        upstream.push(socket);
        socket.on("error", () => undefined).resume();
        socket.once("end", () => socket.end());
        socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
      });
    }
  });

  it("stays open for a while, then both sides are closed; others stay open", async () => {
    await serveBoth();
    const [atA, atB] = [await upgrade(), await upgrade()];
    const startedAt = performance.now();
    await removeA();
    await Promise.all([once(atA, "close"), upstream[0] && once(upstream[0], "close")]);
    expect(performance.now() - startedAt).toBeGreaterThan(graceMs - 20);
    expect([atB.destroyed, upstream[1]?.destroyed]).toEqual([false, false]);
    expect(endedRequests()).toEqual([1]);
    atB.destroy();
  });

  it("that has no answer yet goes on to another endpoint", async () => {
    a.server.removeAllListeners("upgrade");
    a.server.on("upgrade", (_incoming, socket) => socket.on("error", () => undefined).resume());
    await serveBoth();
    const opened = upgrade();
    await expect.poll(() => a.connections).toBe(1);
    await removeA();
    const socket = await opened;
    expect(upstream).toHaveLength(1);
    socket.destroy();
  });
});
