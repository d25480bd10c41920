import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apiWith } from "../testing/api-with.ts";
import { call, codeOf } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { type StubBackend, startBackend, startRawBackend } from "../testing/stub-backend.ts";

const failoverStatuses = { statuses: [503, 429] };
const everyMethod = { ...failoverStatuses, allMethods: true };
const startOfTest = Date.UTC(2026, 0, 1);

let gateway: TestGateway;
let a: StubBackend;
let b: StubBackend;
let now: number;

beforeEach(async () => {
  now = 1_000_000;
  gateway = await startGateway({ now: () => now, wallClock: () => startOfTest + now });
  [a, b] = await Promise.all([startBackend("A"), startBackend("B")]);
  a.behave(a.answering(503, { "X-From": "A" }, "A is busy"));
});
afterEach(async () => {
  await gateway.close();
  await Promise.all([a, b].map((backend) => backend.stop()));
});

const serve = (input: Parameters<typeof apiWith>[0] = {}) =>
  gateway.serve(apiWith({ production: [a.url, b.url], failoverStatuses, ...input }));
const passedOn = async (options: Parameters<typeof call>[1] = {}) => (await call(gateway.port, options)).text === "B";

describe("failover on statuses", () => {
  it("is off by default", async () => {
    await serve({ failoverStatuses: undefined });
    const answer = await call(gateway.port);
    expect([answer.status, answer.text, b.requests.length]).toEqual([503, "A is busy", 0]);
  });

  it("gives the client the next endpoint's answer, and leaves the first one ACTIVE", async () => {
    await serve();
    const answer = await call(gateway.port);
    expect([answer.status, answer.text, answer.headers["x-from"]]).toEqual([200, "B", undefined]);
    expect([a.requests.length, b.requests.length]).toEqual([1, 1]);
    expect(gateway.stateOf(0)).toBe("active");
  });

  it.each([500, 502, 504, 404, 200])("passes on no status that is not chosen: %i", async (status) => {
    a.behave(a.answering(status));
    await serve();
    expect((await call(gateway.port)).status).toBe(status);
    expect(b.requests).toEqual([]);
  });

  it("goes on until an endpoint answers with another status", async () => {
    b.behave(b.answering(429));
    const c = await startBackend("C");
    await serve({ production: [a.url, b.url, c.url] });
    expect((await call(gateway.port)).text).toBe("C");
    await c.stop();
  });

  it("gives the last endpoint's answer as it is when all have one of the statuses", async () => {
    const body = randomBytes(200_000);
    b.behave((request, response) => {
      request.resume().once("end", () => {
        const headers = ["X-Twice", "1", "X-Twice", "2", "Content-Type", "application/x-own", "Set-Cookie", "k=v"];
        response.writeHead(429, "Not Now", headers).end(body);
      });
    });
    await serve();
    const answer = await call(gateway.port);
    expect([answer.status, answer.headers["content-type"]]).toEqual([429, "application/x-own"]);
    expect(answer.rawHeaders.filter((field) => field === "X-Twice")).toHaveLength(2);
    expect(answer.body.equals(body)).toBe(true);
    expect(a.requests.length).toBe(1);
  });

  it("gives the code of the last endpoint when that fails", async () => {
    await serve();
    await b.stop();
    const answer = await call(gateway.port);
    expect([answer.status, codeOf(answer)]).toEqual([502, "101503"]);
    expect((await call(gateway.port)).text).toBe("A is busy");
  });

  it("tries nothing else where the group may not fail over", async () => {
    await serve({ failover: false });
    expect((await call(gateway.port)).text).toBe("A is busy");
    await serve({ kind: "single", production: [a.url] });
    expect((await call(gateway.port)).text).toBe("A is busy");
    expect(b.requests).toEqual([]);
  });

  it("works in failover groups, whose primary is asked again each time", async () => {
    await serve({ kind: "failover" });
    expect(await passedOn()).toBe(true);
    expect(await passedOn()).toBe(true);
    expect(a.requests.length).toBe(2);
  });

  it("answers HEAD requests as it does GET requests", async () => {
    b.behave(b.answering(200, { "X-From": "B" }));
    await serve();
    const answer = await call(gateway.port, { method: "HEAD" });
    expect([answer.status, answer.headers["x-from"]]).toEqual([200, "B"]);
  });
});

describe("requests with other methods", () => {
  const key = { "Idempotency-Key": "k" };
  it.each<[string, Record<string, string>, Parameters<typeof apiWith>[0], boolean]>([
    ["PUT", {}, {}, false],
    ["DELETE", {}, {}, false],
    ["POST", key, {}, false],
    ["POST", {}, { retryNonIdempotent: true }, false],
    ["PUT", {}, { failoverStatuses: everyMethod }, true],
    ["DELETE", {}, { failoverStatuses: everyMethod }, true],
    ["POST", {}, { failoverStatuses: everyMethod }, false],
    ["PATCH", {}, { failoverStatuses: everyMethod }, false],
    ["POST", key, { failoverStatuses: everyMethod }, true],
    ["POST", {}, { failoverStatuses: everyMethod, retryNonIdempotent: true }, true],
  ])("%s with %j and %j: passed on %s", async (method, headers, input, expected) => {
    await serve(input);
    const body = randomBytes(64 * 1024);
    const framed = { ...headers, "Content-Length": String(body.length) };
    expect(await passedOn({ method, headers: framed, body })).toBe(expected);
    expect(a.requests.length).toBe(1);
    expect(b.requests.map((request) => request.body.equals(body))).toEqual(expected ? [true] : []);
  });

  it("are not passed on once their body is too large to be kept", async () => {
    await serve({ failoverStatuses: everyMethod });
    const answer = await call(gateway.port, { method: "PUT", body: randomBytes(2 * 1024 * 1024) });
    expect([answer.status, answer.text, b.requests.length]).toEqual([503, "A is busy", 0]);
  });

  it("reach the next endpoint whole when the first one answers before it has read them", async () => {
    a.behave((_request, response) => response.writeHead(503).end("early"));
    await serve({ failoverStatuses: everyMethod });
    const body = randomBytes(512 * 1024);
    expect(await passedOn({ method: "PUT", body })).toBe(true);
    expect(b.requests[0]?.body.equals(body)).toBe(true);
  });
});

describe("a request whose body waits to be asked for", () => {
  it("keeps it back for the endpoint that asks", async () => {
    a.server.on("checkContinue", (_request, response) => response.writeHead(503).end("A is busy"));
    await serve({ failoverStatuses: everyMethod });
    const headers = { Expect: "100-continue", "Content-Length": "4" };
    const sent = request({
      host: "127.0.0.1",
      port: gateway.port,
      path: "/shop/1.0.0/x",
      method: "PUT",
      headers,
      agent: false,
    });
    sent.flushHeaders();
    sent.once("continue", () => sent.end("body"));
    const [response]: IncomingMessage[] = await once(sent, "response");
    expect([response?.statusCode, a.requests.length, String(b.requests[0]?.body)]).toEqual([200, 0, "body"]);
    response?.resume();
  });
});

describe("Retry-After", () => {
  const asking = (value: string) => a.behave(a.answering(503, { "Retry-After": value }, "A is busy"));

  it("in seconds passes the endpoint by until then", async () => {
    asking("7");
    await serve();
    expect(await passedOn()).toBe(true);
    expect(gateway.stateOf(0)).toBe("suspended");
    now += 6_999;
    for (let turn = 0; turn < 4; turn += 1) expect(await passedOn()).toBe(true);
    expect(a.requests.length).toBe(1);
    a.behave(a.answering());
    now += 1;
    expect([(await call(gateway.port)).text, (await call(gateway.port)).text].sort()).toEqual(["A", "B"]);
    expect(gateway.stateOf(0)).toBe("active");
  });

  it("as a date passes the endpoint by until then", async () => {
    asking(new Date(startOfTest + now + 20_000).toUTCString());
    await serve();
    await call(gateway.port);
    now += 19_999;
    expect(gateway.stateOf(0)).toBe("suspended");
    for (let turn = 0; turn < 3; turn += 1) await call(gateway.port);
    expect(a.requests.length).toBe(1);
    a.behave(a.answering());
    now += 1;
    expect([(await call(gateway.port)).text, (await call(gateway.port)).text].sort()).toEqual(["A", "B"]);
  });

  it.each([["0"], ["soon"], [new Date(0).toUTCString()]])("of %j changes no state", async (value) => {
    asking(value);
    await serve();
    expect(await passedOn()).toBe(true);
    expect(gateway.stateOf(0)).toBe("active");
  });

  it("counts when no other endpoint is left, and the client gets the answer all the same", async () => {
    asking("7");
    await serve({ kind: "single", production: [a.url] });
    const answer = await call(gateway.port);
    expect([answer.status, answer.text, answer.headers["retry-after"]]).toEqual([503, "A is busy", "7"]);
    now += 2_000;
    const refused = await call(gateway.port);
    expect([refused.status, codeOf(refused), refused.headers["retry-after"]]).toEqual([503, "303001", "5"]);
    expect(a.requests.length).toBe(1);
  });

  it("of a status that is not chosen changes no state", async () => {
    a.behave(a.answering(500, { "Retry-After": "7" }));
    await serve();
    await call(gateway.port);
    expect(gateway.stateOf(0)).toBe("active");
  });

  it("lasts no longer than Max Duration", async () => {
    asking("3600");
    await serve({ production: [{ url: a.url, settings: { suspendMaximumDurationMs: 1_000 } }, b.url] });
    await call(gateway.port);
    now += 1_000;
    for (let turn = 0; turn < 2; turn += 1) await call(gateway.port);
    expect(a.requests.length).toBe(2);
  });
});

describe("a session", () => {
  it.each([
    ["client-id", { ClientID: "c1" }],
    ["transport", {}],
  ])("of kind %s follows the endpoint that answered in the end", async (kind, headers) => {
    await serve({ session: { kind } });
    const first = await call(gateway.port, { headers });
    expect(first.text).toBe("B");
    a.behave(a.answering());
    const cookie = first.headers["set-cookie"]?.[0]?.split(";")[0];
    for (let turn = 0; turn < 3; turn += 1) {
      const answer = await call(gateway.port, { headers: { ...headers, ...(cookie ? { Cookie: cookie } : {}) } });
      expect(answer.text).toBe("B");
    }
  });

  it("of the endpoint that was passed on moves, and nothing of that answer reaches the client", async () => {
    a.behave(a.answering());
    await serve({ session: { kind: "client-id" } });
    const headers = { ClientID: "c1" };
    expect((await call(gateway.port, { headers })).text).toBe("A");
    a.behave(a.answering(503, { "Set-Cookie": "JSESSIONID=of-a" }));
    const moved = await call(gateway.port, { headers });
    expect([moved.text, moved.headers["set-cookie"]]).toEqual(["B", undefined]);
    a.behave(a.answering());
    expect((await call(gateway.port, { headers })).text).toBe("B");
  });
});

describe("the answer that is given up", () => {
  it("leaves its connection to later requests where it is small", async () => {
    await serve({ kind: "failover" });
    for (let turn = 0; turn < 10; turn += 1) {
      expect(await passedOn()).toBe(true);
      await sleep(5);
    }
    expect([a.requests.length, a.connections]).toEqual([10, 1]);
  });

  it.each([
    ["large", { "Content-Length": "100000000" }],
    ["endless", {}],
  ])("loses its connection where it is %s", async (_title, headers) => {
    let isClosed = false;
    a.behave((request, response) => {
      request.resume();
      response.writeHead(503, headers);
      const timer = setInterval(() => response.write(Buffer.alloc(16 * 1024)), 1);
      response.once("close", () => {
        clearInterval(timer);
        isClosed = true;
      });
    });
    await serve();
    expect(await passedOn()).toBe(true);
    await expect.poll(() => isClosed).toBe(true);
  });

  it("may break off without harm to the client", async () => {
    const breaking = await startRawBackend((socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 503 Busy\r\nContent-Length: 1000\r\n\r\npart");
        setTimeout(() => socket.resetAndDestroy(), 20);
      });
    });
    await serve({ production: [breaking.url, b.url] });
    b.behave((request, response) => {
      request.resume();
      setTimeout(() => response.end("B"), 60);
    });
    expect(await passedOn()).toBe(true);
    expect(gateway.stateOf(0)).toBe("active");
    await breaking.stop();
  });

  it("is counted, and the record of the request says what became of it", async () => {
    await serve();
    const agent = new Agent({ keepAlive: true });
    await call(gateway.port, { headers: { "X-Request-Id": "the-one" }, agent });
    agent.destroy();
    await expect.poll(() => gateway.gateway.workers.worker.decisions.find("the-one")).toBeDefined();
    const attempts =
      gateway.gateway.workers.worker.decisions.find("the-one")?.rounds.flatMap((round) => round.attempts) ?? [];
    expect(attempts.map(({ outcome, status }) => [outcome, status])).toEqual([
      ["passed-on", 503],
      ["success", 200],
    ]);
  });

  it("is explained where it was not given up", async () => {
    await serve({ failoverStatuses: everyMethod });
    await call(gateway.port, { method: "POST", headers: { "X-Request-Id": "the-post" } });
    await expect.poll(() => gateway.gateway.workers.worker.decisions.find("the-post")?.noRetry).toBe("not-idempotent");
    await serve();
    await call(gateway.port, { method: "PUT", headers: { "X-Request-Id": "the-put" } });
    await call(gateway.port, { method: "PUT", headers: { "X-Request-Id": "the-put" } });
    await expect
      .poll(() => gateway.gateway.workers.worker.decisions.find("the-put")?.noRetry)
      .toBe("method-not-chosen");
  });
});
