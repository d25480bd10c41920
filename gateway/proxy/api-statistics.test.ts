import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ApiCount, addApiCount, emptyApiCount, type StateChange } from "../../lib/model/api-statistics.ts";
import { apiWith } from "../testing/api-with.ts";
import { call } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { refusingUrl, type StubBackend, startBackend } from "../testing/stub-backend.ts";

let gateway: TestGateway;
let a: StubBackend;
let b: StubBackend;

beforeEach(async () => {
  [a, b] = await Promise.all([startBackend("A"), startBackend("B")]);
  gateway = await startGateway({ logLevel: "silent" });
});
afterEach(async () => {
  await gateway.close();
  await Promise.all([a.stop(), b.stop()]);
});

/** What was counted of an API, once as many requests are in it; a request counts when its response has ended. */
async function counted(requests: number): Promise<{ count: ApiCount; changes: StateChange[] }> {
  const count = emptyApiCount("api-1");
  const changes: StateChange[] = [];
  await expect
    .poll(async () => {
      const taken = await gateway.gateway.workers.takeStatistics();
      for (const one of taken.counts) if (one.apiId === "api-1") addApiCount(count, one);
      changes.push(...taken.changes);
      return count.requests;
    })
    .toBe(requests);
  return { count, changes };
}

const shareOf = ({ endpoints }: ApiCount) =>
  Object.fromEntries(endpoints.map(({ endpointId, requests, failures }) => [endpointId, [requests, failures]]));

describe("what is counted of an API", () => {
  it("is every answer by its class, how long it took, and which endpoint gave it", async () => {
    await gateway.serve(apiWith({ production: [a.url, b.url] }));
    b.behave((_request, response) => response.writeHead(404).end());
    for (let turn = 0; turn < 6; turn += 1) await call(gateway.port);
    const { count } = await counted(6);
    expect([count.clientErrors, count.serverErrors]).toEqual([3, 0]);
    expect(shareOf(count)).toEqual({ a: [3, 0], b: [3, 0] });
    expect(count.latency.reduce((sum, requests) => sum + requests, 0)).toBe(6);
  });

  it("is charged to the endpoint that was tried last, and to none where none was", async () => {
    await gateway.serve(apiWith({ kind: "failover", production: [await refusingUrl(), b.url] }));
    await call(gateway.port);
    await call(gateway.port, { path: "/shop/1.0.0/../x" });
    const { count } = await counted(2);
    expect(shareOf(count)).toEqual({ b: [1, 0] });
    expect(count.clientErrors).toBe(1);
  });

  it("tells of an endpoint that is suspended, with the code, and of its return", async () => {
    const settings = { suspendInitialDurationMs: 50, suspendMaximumDurationMs: 50 };
    await gateway.serve(apiWith({ kind: "single", production: [{ url: a.url, settings }] }));
    a.behave((request) => request.socket.destroy());
    const failed = await call(gateway.port, { method: "POST" });
    expect(failed.status).toBe(502);
    a.behave((_request, response) => response.end("well"));
    await expect.poll(async () => (await call(gateway.port)).status).toBe(200);
    const taken = await gateway.gateway.workers.takeStatistics();
    expect(taken.changes.map(({ endpointId, from, to }) => [endpointId, from, to])).toEqual([
      ["a", "active", "suspended"],
      ["a", "suspended", "active"],
    ]);
    expect(taken.changes[0]?.code).toBeGreaterThan(101_000);
  });

  it("begins anew once it is taken, and survives a reload", async () => {
    await gateway.serve(apiWith({ production: [a.url] }));
    await call(gateway.port);
    await gateway.serve(apiWith({ production: [a.url], revision: 2 }));
    await call(gateway.port);
    await counted(2);
    expect((await gateway.gateway.workers.takeStatistics()).counts).toEqual([]);
  });
});
