import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apiWith } from "../testing/api-with.ts";
import { call, codeOf } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { refusingUrl, type StubBackend, startBackend, startRawBackend } from "../testing/stub-backend.ts";

let gateway: TestGateway;
let a: StubBackend;
let b: StubBackend;
let c: StubBackend;
let now: number;

beforeEach(async () => {
  now = 1_000_000;
  gateway = await startGateway({ now: () => now });
  [a, b, c] = await Promise.all([startBackend("A"), startBackend("B"), startBackend("C")]);
});
afterEach(async () => {
  await gateway.close();
  await Promise.all([a, b, c].map((backend) => backend.stop()));
});

const urls = () => [a.url, b.url, c.url];
const names = async (count: number) => {
  const answered: string[] = [];
  for (let index = 0; index < count; index += 1) answered.push((await call(gateway.port)).text);
  return answered.join("");
};

describe("the worked examples", () => {
  it("1: three healthy endpoints take turns", async () => {
    gateway.serve(apiWith({ production: urls() }));
    expect(await names(7)).toBe("ABCABCA");
  });

  it("2: one that stops is passed by, and no request fails", async () => {
    gateway.serve(apiWith({ production: urls() }));
    await names(63);
    await a.stop();
    expect(await names(4)).toBe("BCBC");
    expect(gateway.stateOf(0)).toBe("suspended");
  });

  it("3: when all refuse, one request tries each once and the next attempts nothing", async () => {
    gateway.serve(apiWith({ production: urls() }));
    await Promise.all([a, b, c].map((backend) => backend.stop()));
    const first = await call(gateway.port);
    expect([first.status, codeOf(first)]).toEqual([502, "101503"]);
    expect([0, 1, 2].map((position) => gateway.stateOf(position))).toEqual(["suspended", "suspended", "suspended"]);
    const second = await call(gateway.port);
    expect([second.status, codeOf(second)]).toEqual([503, "303000"]);
  });

  it("8: with suspend codes {101506}, a refusal leaves the endpoint active and nonsense suspends it", async () => {
    const lying = await startRawBackend((socket) => socket.once("data", () => socket.end("nonsense\r\n\r\n")));
    const settings = { suspendErrorCodes: [101506] };
    gateway.serve(
      apiWith({ production: [{ url: await refusingUrl(), settings }, { url: lying.url, settings }, c.url] }),
    );
    expect(await names(2)).toBe("CC");
    expect([0, 1, 2].map((position) => gateway.stateOf(position))).toEqual(["active", "suspended", "active"]);
    await lying.stop();
  });

  it("9: an answer of 503 is passed through and changes nothing", async () => {
    a.behave(a.answering(503, { "Retry-After": "7" }));
    gateway.serve(apiWith({ production: urls() }));
    const answer = await call(gateway.port);
    expect([answer.status, answer.text, answer.headers["retry-after"]]).toEqual([503, "A", "7"]);
    expect(gateway.stateOf(0)).toBe("active");
    expect(await names(3)).toBe("BCA");
  });

  it("10: load balance without failover gives the attempt's code, then goes on with the next", async () => {
    gateway.serve(apiWith({ production: [a.url, b.url], failover: false }));
    await a.stop();
    const answer = await call(gateway.port);
    expect([answer.status, codeOf(answer), b.requests.length]).toEqual([502, "101503", 0]);
    expect(await names(2)).toBe("BB");
  });

  it("11: failover goes back to the primary by one probe at a time", async () => {
    const settings = { suspendInitialDurationMs: 1_000, suspendFactor: 2, suspendMaximumDurationMs: 5_000 };
    gateway.serve(apiWith({ kind: "failover", production: [{ url: a.url, settings }, b.url] }));
    expect(await names(2)).toBe("AA");
    await a.stop();
    expect(await names(2)).toBe("BB");
    await a.restart();
    now += 999;
    expect(await names(1)).toBe("B");
    await a.stop();
    now += 1;
    expect(await names(1)).toBe("B");
    await a.restart();
    now += 1_999;
    expect(await names(1)).toBe("B");
    now += 1;
    expect(await names(2)).toBe("AA");
    expect(gateway.stateOf(0)).toBe("active");
  });

  const body = randomBytes(64 * 1024);

  it("12: a POST whose body was taken is not sent again", async () => {
    a.behave(a.resetting());
    gateway.serve(apiWith({ production: [a.url, b.url] }));
    const answer = await call(gateway.port, { method: "POST", body });
    expect([answer.status, codeOf(answer)]).toEqual([502, "101500"]);
    expect(a.requests[0]?.body.equals(body)).toBe(true);
    expect(b.connections).toBe(0);
  });

  it.each([
    ["PUT", {}],
    ["DELETE", {}],
    ["OPTIONS", {}],
    ["POST", { "Idempotency-Key": "k" }],
    ["PATCH", { "Idempotency-Key": "k" }],
  ])("12: a %s that may be repeated reaches B with the identical body", async (method, headers) => {
    for (const framing of [{ "Content-Length": String(body.length) }, { "Transfer-Encoding": "chunked" }]) {
      a.requests.length = 0;
      b.requests.length = 0;
      a.behave(a.resetting());
      gateway.serve();
      gateway.serve(apiWith({ production: [a.url, b.url] }));
      const answer = await call(gateway.port, { method, headers: { ...headers, ...framing }, body });
      expect([answer.status, answer.text]).toEqual([200, "B"]);
      expect(a.requests[0]?.body.equals(body)).toBe(true);
      expect(b.requests[0]?.body.equals(body)).toBe(true);
      expect(b.requests[0]?.headers["transfer-encoding"]).toBe(framing["Transfer-Encoding"]);
    }
  });

  it("14: a client's session moves when its endpoint fails, and stays there", async () => {
    gateway.serve(apiWith({ production: [a.url, b.url], session: { kind: "client-id" } }));
    const headers = { ClientID: "c1" };
    expect((await call(gateway.port, { headers })).text).toBe("A");
    expect((await call(gateway.port, { headers })).text).toBe("A");
    await a.stop();
    expect((await call(gateway.port, { headers })).text).toBe("B");
    await a.restart();
    now += 60_000;
    expect((await call(gateway.port, { headers })).text).toBe("B");
  });
});

describe("trying again", () => {
  it("sends a POST elsewhere when nothing of it was sent", async () => {
    gateway.serve(apiWith({ production: [await refusingUrl(), b.url] }));
    const answer = await call(gateway.port, { method: "POST", body: "hello" });
    expect([answer.text, b.requests[0]?.body.toString()]).toEqual(["B", "hello"]);
  });

  it("sends a POST elsewhere when the API says that it may be repeated", async () => {
    a.behave(a.resetting());
    gateway.serve(apiWith({ production: [a.url, b.url], retryNonIdempotent: true }));
    expect((await call(gateway.port, { method: "POST", body: "hello" })).text).toBe("B");
  });

  it("never retries codes that the endpoint's settings exclude", async () => {
    const settings = { disabledErrorCodes: [101503] };
    gateway.serve(apiWith({ production: [{ url: await refusingUrl(), settings }, b.url] }));
    expect(codeOf(await call(gateway.port))).toBe("101503");
    expect(b.connections).toBe(0);
  });

  it.each([
    ["fault", 200, undefined],
    ["discard", 504, "101504"],
  ] as const)("with the timeout action %s answers %d", async (timeoutAction, status, code) => {
    a.behave(a.stalling());
    const settings = { responseTimeoutMs: 150, timeoutAction };
    gateway.serve(apiWith({ production: [{ url: a.url, settings }, b.url] }));
    const answer = await call(gateway.port);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    expect(gateway.stateOf(0)).toBe("suspended");
  });

  it("streams a body above 1 MiB, and does not try it elsewhere once it has gone", async () => {
    const body = randomBytes(3 * 1024 * 1024);
    gateway.serve(apiWith({ production: [a.url, b.url] }));
    expect((await call(gateway.port, { method: "PUT", body })).text).toBe("A");
    expect(a.requests[0]?.body.equals(body)).toBe(true);
    b.behave(b.resetting());
    const answer = await call(gateway.port, { method: "PUT", body });
    expect([answer.status, a.requests.length]).toEqual([502, 1]);
  });

  it("sends a body above 1 MiB elsewhere when the first endpoint refuses the connection", async () => {
    const body = randomBytes(3 * 1024 * 1024);
    gateway.serve(apiWith({ production: [await refusingUrl(), b.url] }));
    expect((await call(gateway.port, { method: "POST", body })).text).toBe("B");
    expect(b.requests[0]?.body.equals(body)).toBe(true);
  });

  it("fails no request when endpoints close idle connections, and suspends nobody", async () => {
    const agent = new Agent({ keepAlive: true });
    gateway.serve(apiWith({ kind: "single", production: [a.url] }));
    for (let index = 0; index < 40; index += 1) {
      expect((await call(gateway.port, { agent })).text).toBe("A");
      a.dropIdle();
      if (index % 2 === 0) await sleep(1);
    }
    expect(gateway.stateOf()).toBe("active");
    agent.destroy();
  });

  it.each(["GET", "PUT"])("repeats a %s at once when a kept connection turns out to be closed", async (method) => {
    let connections = 0;
    // Answers the first request of every connection and resets it upon the second.
    const backend = await startRawBackend((socket) => {
      connections += 1;
      let requests = 0;
      socket.on("data", () => {
        requests += 1;
        if (requests === 1) socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        else socket.resetAndDestroy();
      });
    });
    gateway.serve(apiWith({ kind: "single", production: [backend.url] }));
    for (let index = 0; index < 4; index += 1) expect((await call(gateway.port, { method })).text).toBe("ok");
    expect(connections).toBeGreaterThan(1);
    expect(gateway.stateOf()).toBe("active");
    await backend.stop();
  });

  it("does not repeat a POST on a kept connection that broke, and holds it against nobody", async () => {
    let requests = 0;
    const backend = await startRawBackend((socket) =>
      socket.on("data", () => {
        requests += 1;
        if (requests === 1) socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        else socket.resetAndDestroy();
      }),
    );
    gateway.serve(apiWith({ kind: "single", production: [backend.url] }));
    await call(gateway.port);
    expect((await call(gateway.port, { method: "POST" })).status).toBe(502);
    expect(requests).toBe(2);
    expect(gateway.stateOf()).toBe("active");
    await backend.stop();
  });

  it("uses a connection to an endpoint again", async () => {
    gateway.serve(apiWith({ kind: "single", production: [a.url] }));
    for (const headers of [{}, { Connection: "close" }, { Connection: "keep-alive" }]) {
      for (const method of ["GET", "POST", "DELETE"]) await call(gateway.port, { method, headers });
    }
    expect(a.connections).toBe(1);
  });

  it("says nothing of an endpoint whose client leaves before the answer", async () => {
    a.behave(a.stalling());
    gateway.serve(apiWith({ kind: "single", production: [a.url] }));
    const leaving = request({ port: gateway.port, host: "127.0.0.1", path: "/shop/1.0.0", agent: false });
    leaving.on("error", () => undefined);
    leaving.end();
    await expect.poll(() => a.requests.length).toBe(1);
    leaving.destroy();
    const endpoint = gateway.gateway.configuration.groupsOf("api-1")?.production?.endpoints[0];
    await expect.poll(() => endpoint?.inFlight).toBe(0);
    expect([endpoint?.state.kind, endpoint?.failures]).toEqual(["active", 0]);
  });

  it("says nothing of an endpoint whose client leaves in the middle of its body", async () => {
    gateway.serve(apiWith({ production: [a.url, b.url] }));
    const leaving = request({
      port: gateway.port,
      host: "127.0.0.1",
      path: "/shop/1.0.0",
      method: "PUT",
      agent: false,
      headers: { "Content-Length": 1_000_000 },
    });
    leaving.on("error", () => undefined);
    leaving.write("part");
    await expect.poll(() => a.connections).toBe(1);
    leaving.destroy();
    const endpoint = gateway.gateway.configuration.groupsOf("api-1")?.production?.endpoints[0];
    await expect.poll(() => endpoint?.inFlight).toBe(0);
    expect([endpoint?.state.kind, endpoint?.failures, b.connections]).toEqual(["active", 0, 0]);
  });

  it("answers a client that stops sending its body with 408 and says nothing of the endpoint", async () => {
    await gateway.close();
    gateway = await startGateway({ idleMs: { body: 300 } });
    gateway.serve(apiWith({ production: [{ url: a.url, settings: { responseTimeoutMs: 100 } }, b.url] }));
    const slow = request({
      port: gateway.port,
      host: "127.0.0.1",
      path: "/shop/1.0.0",
      method: "PUT",
      agent: false,
      headers: { "Content-Length": 100 },
    });
    slow.on("error", () => undefined);
    slow.write("part");
    const [response] = await once(slow, "response");
    expect(response.statusCode).toBe(408);
    expect([gateway.stateOf(0), b.connections]).toEqual(["active", 0]);
    slow.destroy();
  });

  it("gives the endpoint its whole Duration after a body that was slow to come", async () => {
    a.behave((incoming, response) => {
      void a.record(incoming).then(() => setTimeout(() => response.end("A"), 150));
    });
    gateway.serve(apiWith({ production: [{ url: a.url, settings: { responseTimeoutMs: 250 } }] }));
    const slow = request({ port: gateway.port, host: "127.0.0.1", path: "/shop/1.0.0", method: "PUT", agent: false });
    for (let index = 0; index < 4; index += 1) {
      slow.write("part");
      await sleep(120);
    }
    slow.end();
    const [response] = await once(slow, "response");
    expect(response.statusCode).toBe(200);
    response.resume();
  });
});
