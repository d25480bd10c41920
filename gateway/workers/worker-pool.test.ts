import { Agent } from "node:http";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeKey, signToken, startIssuer } from "../../lib/jwt/testing/issuer.ts";
import { Gateway } from "../gateway.ts";
import { monotonicClock } from "../memory/monotonic-clock.ts";
import { apiWith } from "../testing/api-with.ts";
import { call } from "../testing/call.ts";
import { StubBackend } from "../testing/stub-backend.ts";
import { WorkerPool } from "./worker-pool.ts";

const count = 4;

let gateway: Gateway<WorkerPool>;
let backends: StubBackend[];
let logged: string[];
let revision: number;

beforeEach(async () => {
  revision = 0;
  logged = [];
  backends = await Promise.all(["A", "B", "C"].map((name) => new StubBackend(name).listen()));
  const log = pino({ level: "info" }, { write: (line: string) => logged.push(line) });
  gateway = new Gateway({
    id: "gateway-under-test",
    version: "0.1.0",
    adminToken: "an admin token for tests",
    secret: "a secret for tests only",
    admin: { host: "127.0.0.1", port: 0 },
    workers: ({ sessions, ...hooks }) =>
      new WorkerPool({
        ...hooks,
        count,
        address: { host: "127.0.0.1", port: 0 },
        start: {
          gatewayId: "g",
          sessions,
          secret: "a secret for tests",
          logLevel: "silent",
          isTerminal: false,
          maxConnections: 1_000,
          wire: true,
        },
        log,
      }),
    log,
    now: monotonicClock(),
    wallClock: () => Date.now(),
    random: Math.random,
  });
  await gateway.listenTraffic();
}, 20_000);
afterEach(async () => {
  await gateway.close(500);
  await Promise.all(backends.map((backend) => backend.stop()));
});

const serve = (more: Parameters<typeof apiWith>[0] = {}) => {
  revision += 1;
  const api = apiWith({ production: backends.map(({ url }) => url), ...more });
  return gateway.configuration.replace({ revision, apis: [api], refused: [] });
};

const port = () => gateway.workers.port ?? 0;

/** Requests at once, each on a connection of its own: the kernel spreads them over the workers. */
async function callAtOnce(requests: number, headers: Record<string, string> = {}): Promise<Record<string, number>> {
  const answers = await Promise.all(Array.from({ length: requests }, () => call(port(), { headers })));
  const counts: Record<string, number> = {};
  for (const { text } of answers) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}

const endpoints = () => gateway.configuration.groupsOf("api-1")?.production?.endpoints ?? [];

it("lets exactly as many requests through as a rate limit says, whichever worker they come to", async () => {
  await serve({ rateLimit: { tier: "Hundred", requests: 100, windowMs: 60_000 } });
  const { A = 0, B = 0, C = 0 } = await callAtOnce(300);
  expect(A + B + C).toBe(100);
  await serve({ rateLimit: { tier: "Hundred", requests: 150, windowMs: 60_000 } });
  const after = await callAtOnce(300);
  expect((after.A ?? 0) + (after.B ?? 0) + (after.C ?? 0)).toBe(50);
});

it("lets exactly as many requests of each consumer through as its limit says, whichever worker they come to", async () => {
  const key = await makeKey("one");
  const issuer = await startIssuer(key.publicKey);
  const jwt = { ...issuer.settings, consumer: { claim: "azp", rateTier: "Fifty" } };
  await serve({ runtime: { jwt }, consumerRateLimit: { tier: "Fifty", requests: 50, windowMs: 60_000 } });
  const tokens = await Promise.all([signToken(key, { azp: "a" }), signToken(key, { azp: "b" })]);
  const counts = await Promise.all(tokens.map((token) => callAtOnce(150, { Authorization: `Bearer ${token}` })));
  expect(counts.map(({ A = 0, B = 0, C = 0 }) => A + B + C)).toEqual([50, 50]);
  // One fetch for each worker that was asked, and no more.
  expect(issuer.asked).toBeLessThanOrEqual(4);
  await issuer.stop();
});

describe("several workers", () => {
  it("share one rotation: requests at once go to different members, exactly", async () => {
    await serve();
    for (let round = 0; round < 10; round += 1) expect(await callAtOnce(30)).toEqual({ A: 10, B: 10, C: 10 });
  });

  it("share one suspension, which escalates once however many requests meet the outage", async () => {
    const [a] = backends;
    const settings = { suspendInitialDurationMs: 60_000, suspendFactor: 10 };
    await serve({ production: backends.map(({ url }) => ({ url, settings })) });
    await a?.stop();
    const counts = await callAtOnce(60);
    expect((counts.B ?? 0) + (counts.C ?? 0)).toBe(60);
    expect(endpoints()[0]?.state).toMatchObject({ kind: "suspended", durationMs: 60_000 });
    const failures = endpoints()[0]?.failures;
    expect(await callAtOnce(20)).toEqual({ B: 10, C: 10 });
    expect(endpoints()[0]?.failures).toBe(failures);
  });

  it("bind a new client once, whichever of them has its first requests", async () => {
    await serve({ session: { kind: "client-id" } });
    for (let client = 0; client < 20; client += 1) {
      const counts = await callAtOnce(8, { ClientID: `client-${client}` });
      expect(Object.values(counts)).toEqual([8]);
    }
  });

  it("obey a switch at once", async () => {
    await serve();
    endpoints()[1]?.switchOff();
    expect(await callAtOnce(20)).toEqual({ A: 10, C: 10 });
  });

  it("serve what was saved when the configuration says so, all of them", async () => {
    await serve();
    for (let turn = 0; turn < 10; turn += 1) {
      await serve({ context: `/shop${turn}` });
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => call(port(), { path: `/shop${turn}/1.0.0/items` })),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    }
  });

  it("count together", async () => {
    await serve();
    await callAtOnce(24);
    const text = await gateway.metrics.text(await gateway.workers.metrics());
    expect(text).toContain('fairlead_requests_total{status="200"} 24');
    expect(endpoints().map(({ requests, inFlight }) => [requests, inFlight])).toEqual([
      [8, 0],
      [8, 0],
      [8, 0],
    ]);
  });

  it("find a request that any of them served", async () => {
    await serve();
    const { headers } = await call(port());
    const id = String(headers["x-request-id"]);
    await expect.poll(() => gateway.workers.findDecision(id)).toMatchObject({ requestId: id });
    await callAtOnce(10);
    await expect.poll(async () => (await gateway.workers.recentDecisions({ limit: 5 })).length).toBe(5);
  });
});

describe("a worker that ends", () => {
  it("is replaced, and the others serve on with the state there is", async () => {
    await serve();
    endpoints()[2]?.switchOff();
    const [victim] = gateway.workers.handles;
    await victim?.terminate();
    // No connection of those that are left is refused or lost.
    for (let round = 0; round < 5; round += 1) expect(await callAtOnce(10)).toEqual({ A: 5, B: 5 });
    await expect.poll(() => gateway.workers.handles.length, { timeout: 10_000 }).toBe(count);
    expect(logged.join("")).toContain("another takes its place");
    await serve();
    expect(await callAtOnce(20)).toEqual({ A: 10, B: 10 });
  });

  it("leaves nothing locked and nobody's attempt counted", async () => {
    const [a] = backends;
    await serve({ production: [backends[0]?.url ?? ""] });
    if (a) a.behave(a.stalling());
    const agent = new Agent({ keepAlive: true });
    const lost = call(port(), { agent }).catch(() => "lost");
    await expect.poll(() => endpoints()[0]?.inFlight).toBe(1);
    for (const handle of gateway.workers.handles) await handle.terminate();
    await lost;
    agent.destroy();
    expect(endpoints()[0]?.inFlight).toBe(0);
    if (a) a.behave(a.answering());
    await expect.poll(() => gateway.workers.handles.length, { timeout: 10_000 }).toBe(count);
    await expect.poll(() => callAtOnce(1).catch(() => "not yet"), { timeout: 10_000 }).toEqual({ A: 1 });
  }, 30_000);
});
