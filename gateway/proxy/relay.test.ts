import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { collectGarbage } from "../../scripts/testing/collect-garbage.ts";
import { apiWith } from "../testing/api-with.ts";
import { call, codeOf } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { type StubBackend, startBackend, startRawBackend } from "../testing/stub-backend.ts";

const mebibyte = 1024 * 1024;

let gateway: TestGateway;
let backend: StubBackend;

beforeEach(async () => {
  gateway = await startGateway();
  backend = await startBackend();
  gateway.serve(apiWith({ kind: "single", production: [backend.url] }));
});
afterEach(async () => {
  await gateway.close();
  await backend.stop();
});

/** A request whose body the caller writes, with its response when that comes. */
function open(method: string, headers: Record<string, string> = {}) {
  const options = { host: "127.0.0.1", port: gateway.port, path: "/shop/1.0.0/x", agent: false } as const;
  const sent = request({ ...options, method, headers });
  sent.on("error", () => undefined);
  const response: Promise<IncomingMessage> = once(sent, "response").then(([first]) => first);
  response.catch(() => undefined);
  return { sent, response };
}

/**
 * The most that this process held in buffers beyond what it did at first, garbage taken away before each look: every 20
 * MiB that passed. Backend, gateway and client share the process.
 */
function watchHeldBytes() {
  const heldNow = () => {
    collectGarbage();
    return process.memoryUsage().arrayBuffers;
  };
  const atFirst = heldNow();
  let most = 0;
  let nextLook = 20 * mebibyte;
  return {
    look: (passed: number) => {
      if (passed < nextLook) return;
      nextLook = passed + 20 * mebibyte;
      most = Math.max(most, heldNow() - atFirst);
    },
    most: () => most,
  };
}

describe("a response", () => {
  it("of 300 MB passes through without being held", async () => {
    const chunk = Buffer.alloc(mebibyte, "x");
    backend.behave(async (_request, response) => {
      for (let count = 0; count < 300; count += 1) if (!response.write(chunk)) await once(response, "drain");
      response.end();
    });
    const held = watchHeldBytes();
    let bytes = 0;
    const { sent, response } = open("GET");
    sent.end();
    for await (const part of await response) {
      bytes += part.length;
      held.look(bytes);
    }
    expect(bytes).toBe(300 * mebibyte);
    expect(held.most()).toBeLessThan(100 * mebibyte);
  });

  it("is read at the pace of its client", async () => {
    const chunk = Buffer.alloc(mebibyte, "x");
    let written = 0;
    backend.behave(async (_request, response) => {
      for (let count = 0; count < 64; count += 1) {
        written += 1;
        if (!response.write(chunk)) await once(response, "drain");
      }
      response.end();
    });
    const { sent, response } = open("GET");
    sent.end();
    const incoming = await response;
    incoming.pause();
    await sleep(500);
    expect(written).toBeLessThan(32);
    let bytes = 0;
    for await (const part of incoming) bytes += part.length;
    expect(bytes).toBe(64 * mebibyte);
  });

  it("gives its head and every event to the client at once", async () => {
    let emit: (text: string) => void = () => undefined;
    backend.behave((_request, response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.flushHeaders();
      emit = (text) => response.write(text);
    });
    const { sent, response } = open("GET");
    sent.end();
    const incoming = await response;
    expect(incoming.headers["content-type"]).toBe("text/event-stream");
    for (const event of ["data: 1\n\n", "data: 2\n\n"]) {
      emit(event);
      const [part] = await once(incoming, "data");
      expect(String(part)).toBe(event);
    }
    sent.destroy();
  });

  it.each([
    ["of known length", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart"],
    ["in chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n"],
    ["whose chunks turn to nonsense", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\nzz\r\n"],
  ])("%s that breaks off breaks off at the client, and is held against nobody", async (_case, bytes) => {
    const breaking = await startRawBackend((socket) => socket.once("data", () => socket.end(bytes)));
    gateway.serve(apiWith({ production: [breaking.url, backend.url] }));
    await expect(call(gateway.port)).rejects.toThrow();
    expect(gateway.stateOf(0)).toBe("active");
    expect(backend.connections).toBe(0);
    await breaking.stop();
  });

  it("is given up at the endpoint when its client leaves", async () => {
    let isClosed = false;
    backend.behave((_request, response) => {
      response.on("close", () => {
        isClosed = true;
      });
      response.write("part");
    });
    const { sent, response } = open("GET");
    sent.end();
    await once(await response, "data");
    sent.destroy();
    await expect.poll(() => isClosed).toBe(true);
    expect(gateway.stateOf()).toBe("active");
  });
});

describe("a request body", () => {
  it("of 300 MB in chunks passes through whole and is not held", async () => {
    let bytes = 0;
    backend.behave(async (incoming, response) => {
      for await (const part of incoming) bytes += part.length;
      response.end("done");
    });
    const { sent, response } = open("POST");
    const chunk = Buffer.alloc(mebibyte, "x");
    const held = watchHeldBytes();
    for (let count = 0; count < 300; count += 1) {
      if (!sent.write(chunk)) await once(sent, "drain");
      held.look(count * mebibyte);
    }
    sent.end();
    expect((await response).statusCode).toBe(200);
    expect(bytes).toBe(300 * mebibyte);
    expect(held.most()).toBeLessThan(100 * mebibyte);
  });

  it("reaches the endpoint part by part, while the response is on its way back", async () => {
    backend.behave((incoming, response) => void incoming.pipe(response));
    const { sent, response } = open("POST");
    sent.write("one");
    const incoming = await response;
    expect(String((await once(incoming, "data"))[0])).toBe("one");
    sent.write("two");
    expect(String((await once(incoming, "data"))[0])).toBe("two");
    sent.end();
    incoming.resume();
    await once(incoming, "end");
  });

  it("waits for an endpoint that reads slowly", async () => {
    backend.behave(async (incoming, response) => {
      await sleep(400);
      incoming.resume();
      incoming.on("end", () => response.end("done"));
    });
    const { sent, response } = open("PUT");
    let written = 0;
    void (async () => {
      for (let count = 0; count < 64; count += 1) {
        written += 1;
        if (!sent.write(Buffer.alloc(mebibyte, "x"))) await once(sent, "drain");
      }
      sent.end();
    })();
    await sleep(300);
    expect(written).toBeLessThan(32);
    expect((await response).statusCode).toBe(200);
  });

  it("that the endpoint does not want does not hold its client up", async () => {
    backend.behave((_request, response) => response.writeHead(413, { Connection: "close" }).end("too much"));
    const { sent, response } = open("POST");
    void (async () => {
      for (let count = 0; count < 8 && !sent.destroyed; count += 1) {
        if (!sent.write(Buffer.alloc(mebibyte, "x"))) await once(sent, "drain");
      }
      sent.end();
    })().catch(() => undefined);
    const incoming = await response;
    expect(incoming.statusCode).toBe(413);
    incoming.resume();
    expect(gateway.stateOf()).toBe("active");
  });

  it("is not asked of a client that waits for 100 when there is nobody to send it to", async () => {
    const { sent, response } = open("POST", { Expect: "100-continue", "Content-Length": "1000", apikey: "x" });
    gateway.serve(apiWith({ kind: "single", production: [backend.url], apiKeyRequired: true }));
    let isAsked = false;
    sent.on("continue", () => {
      isAsked = true;
    });
    sent.flushHeaders();
    expect((await response).statusCode).toBe(401);
    expect(isAsked).toBe(false);
    sent.destroy();
  });

  it.each([[100], [417], [401]])("that waits for 100 follows what the endpoint says: %d", async (status) => {
    backend.server.on("checkContinue", (incoming, response) => {
      if (status === 100) {
        response.writeContinue();
        backend.answering()(incoming, response);
      } else response.writeHead(status, { Connection: "close" }).end();
    });
    const { sent, response } = open("POST", { Expect: "100-continue", "Content-Length": "5" });
    sent.on("continue", () => sent.end("hello"));
    sent.flushHeaders();
    const incoming = await response;
    expect(incoming.statusCode).toBe(status === 100 ? 200 : status);
    incoming.resume();
    expect(backend.requests.map(({ body }) => body.toString())).toEqual(status === 100 ? ["hello"] : []);
    sent.destroy();
  });
});

describe("connections", () => {
  it("of clients that were refused end although the client keeps its side open", async () => {
    const socket = connect({ port: gateway.port, host: "127.0.0.1", allowHalfOpen: true });
    socket.on("error", () => undefined);
    socket.resume();
    socket.write("nonsense\r\n\r\n");
    await once(socket, "end");
    await expect
      .poll(
        () =>
          new Promise<number>((resolve) =>
            gateway.gateway.workers.worker.server.getConnections((_error, count) => resolve(count)),
          ),
        { timeout: 8_000 },
      )
      .toBe(0);
    socket.destroy();
  });

  it("carry pipelined requests, answered in their order", async () => {
    backend.behave((incoming, response) => {
      setTimeout(() => response.end(incoming.url), incoming.url === "/1" ? 100 : 0);
    });
    const socket = connect(gateway.port, "127.0.0.1");
    let text = "";
    socket.on("data", (part) => {
      text += part;
    });
    for (const path of ["1", "2", "3"]) socket.write(`GET /shop/1.0.0/${path} HTTP/1.1\r\nHost: h\r\n\r\n`);
    await expect
      .poll(() => text.match(/\/\d/gm)?.filter((part) => part !== "/1.1").length ?? 0)
      .toBeGreaterThanOrEqual(3);
    expect(text.indexOf("\n/1")).toBeLessThan(text.indexOf("\n/2"));
    expect(text.indexOf("\n/2")).toBeLessThan(text.indexOf("\n/3"));
    socket.destroy();
  });

  it("stay usable after an error answer", async () => {
    const socket = connect(gateway.port, "127.0.0.1");
    let text = "";
    socket.on("data", (part) => {
      text += part;
    });
    socket.write("GET /nowhere HTTP/1.1\r\nHost: h\r\n\r\nGET /shop/1.0.0/x HTTP/1.1\r\nHost: h\r\n\r\n");
    await expect.poll(() => text).toMatch(/404 .*200 OK/s);
    socket.destroy();
  });

  it("end with the gateway: requests under way finish, idle ones are closed at once", async () => {
    backend.behave((_request, response) => setTimeout(() => response.end("late"), 300));
    const idle = connect(gateway.port, "127.0.0.1");
    idle.on("error", () => undefined);
    await once(idle, "connect");
    const underWay = call(gateway.port);
    await sleep(100);
    const startedAt = performance.now();
    const closed = gateway.gateway.close(5_000);
    expect((await underWay).text).toBe("late");
    await closed;
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    gateway = await startGateway();
  });
});

it("logs one line per request, with neither query nor key", async () => {
  await call(gateway.port, {
    path: "/shop/1.0.0/items?apikey=flk_secret&token=abc",
    headers: { apikey: "flk_secret" },
  });
  await expect.poll(() => gateway.logged.length).toBe(1);
  expect(gateway.logged[0]).toMatchObject({ method: "GET", path: "/shop/1.0.0/items", status: 200 });
  expect(JSON.stringify(gateway.logged)).not.toMatch(/flk_secret|token=abc/);
});

it("answers with a code where an endpoint resets while the body is on its way", async () => {
  const resetting = await startRawBackend((socket) => socket.once("data", () => socket.resetAndDestroy()));
  gateway.serve(apiWith({ kind: "single", production: [resetting.url] }));
  const answer = await call(gateway.port, { method: "POST", body: Buffer.alloc(4 * mebibyte) });
  expect([answer.status, codeOf(answer)]).toEqual([502, "101500"]);
  await resetting.stop();
});
