import type { RequestListener } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apiWith } from "../testing/api-with.ts";
import { call, codeOf } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { type StubBackend, startBackend } from "../testing/stub-backend.ts";

let gateway: TestGateway;
let a: StubBackend;
let b: StubBackend;

beforeEach(async () => {
  gateway = await startGateway();
  [a, b] = await Promise.all([startBackend("A"), startBackend("B")]);
});
afterEach(async () => {
  await gateway.close();
  await Promise.all([a, b].map((backend) => backend.stop()));
});

const healthCheck = { path: "/health", intervalMs: 500, timeoutMs: 300, rise: 1, fall: 1 };

/** Answers requests as ever, and checks with this status. */
const healthy = (backend: StubBackend, status: number): RequestListener => {
  const answer = backend.answering();
  return (request, response) => {
    if (request.url === "/health") response.writeHead(status).end();
    else answer(request, response);
  };
};
const isFoundDown = (position: number) =>
  gateway.gateway.configuration.groupsOf("api-1")?.production?.endpoints[position]?.view(performance.now()).isFoundDown;
const found = (position: number, isDown: boolean) =>
  expect.poll(() => isFoundDown(position), { timeout: 3_000 }).toBe(isDown);
const names = async (count: number) => {
  const answered: string[] = [];
  for (let turn = 0; turn < count; turn += 1) answered.push((await call(gateway.port)).text);
  return answered.join("");
};

describe("traffic", () => {
  it("passes an endpoint by that was found down, before any request has met it, until it is found up", async () => {
    a.behave(healthy(a, 503));
    await gateway.serve(apiWith({ production: [a.url, b.url], healthCheck }));
    await found(0, true);
    expect(await names(4)).toBe("BBBB");
    expect(gateway.stateOf(0)).toBe("active");
    a.behave(healthy(a, 200));
    await found(0, false);
    expect((await names(4)).replaceAll("B", "")).toBe("AA");
  });

  it("gets 303000 and the time of the next check when every member is found down", async () => {
    a.behave(healthy(a, 503));
    b.behave(healthy(b, 503));
    await gateway.serve(apiWith({ production: [a.url, b.url], healthCheck }));
    await found(0, true);
    await found(1, true);
    const answer = await call(gateway.port);
    expect([answer.status, codeOf(answer), answer.headers["retry-after"]]).toEqual([503, "303000", "1"]);
  });

  it("gets 303001 when the only endpoint is found down", async () => {
    a.behave(healthy(a, 503));
    await gateway.serve(apiWith({ kind: "single", production: [a.url], healthCheck }));
    await found(0, true);
    const answer = await call(gateway.port);
    expect([answer.status, codeOf(answer)]).toEqual([503, "303001"]);
    expect(answer.text).toContain("[ State : SUSPENDED ]");
  });

  it("comes back early to a suspended endpoint that is found up", async () => {
    const settings = { suspendInitialDurationMs: 600_000 };
    await gateway.serve(apiWith({ production: [{ url: a.url, settings }, b.url], healthCheck }));
    await a.stop();
    expect(await names(2)).toBe("BB");
    expect(gateway.stateOf(0)).toBe("suspended");
    await found(0, true);
    await a.restart();
    await found(0, false);
    expect(gateway.stateOf(0)).toBe("active");
    expect((await names(4)).replaceAll("B", "")).toBe("AA");
  });

  it("comes back when checks are taken out of the configuration", async () => {
    a.behave(healthy(a, 503));
    await gateway.serve(apiWith({ production: [a.url, b.url], healthCheck }));
    await found(0, true);
    await gateway.serve(apiWith({ production: [a.url, b.url] }));
    expect((await names(4)).replaceAll("B", "")).toBe("AA");
  });

  it("leaves an endpoint OFF that is found up", async () => {
    a.behave(healthy(a, 503));
    await gateway.serve(apiWith({ production: [a.url, b.url], healthCheck }));
    await found(0, true);
    gateway.gateway.configuration.groupsOf("api-1")?.production?.endpoints[0]?.switchOff();
    a.behave(healthy(a, 200));
    await found(0, false);
    expect([gateway.stateOf(0), await names(2)]).toEqual(["off", "BB"]);
  });
});

it("counts checks by their result", async () => {
  b.behave(healthy(b, 503));
  await gateway.serve(apiWith({ production: [a.url, b.url], healthCheck }));
  await found(1, true);
  const metrics = async () => (await call(gateway.adminPort, { path: "/metrics" })).text;
  await expect.poll(metrics, { timeout: 3_000 }).toMatch(/fairlead_health_checks_total\{result="success"\} [1-9]/);
  expect(await metrics()).toMatch(/fairlead_health_checks_total\{result="wrong-status"\} [1-9]/);
});
