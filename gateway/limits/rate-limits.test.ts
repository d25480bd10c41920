import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RateLimit, SnapshotApi } from "../../lib/model/snapshot.ts";
import { apiWith } from "../testing/api-with.ts";
import { call, codeOf } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { type StubBackend, startBackend } from "../testing/stub-backend.ts";

let backend: StubBackend;
let gateway: TestGateway;

const tier = (requests: number, windowMs = 60_000): RateLimit => ({ tier: `T${requests}`, requests, windowMs });
const keyOf = (name: string, rateLimit?: RateLimit): SnapshotApi["keys"][number] => ({
  id: name,
  hash: createHash("sha256").update(`flk_${name}`).digest("hex"),
  keyType: "production",
  expiresAtMs: null,
  ...(rateLimit && { rateLimit }),
});
const limited = (more: Partial<Parameters<typeof apiWith>[0]>) => apiWith({ production: [backend.url], ...more });
const keyed = (...keys: SnapshotApi["keys"]) => limited({ apiKeyRequired: true, keys });
const callWith = (key: string, path?: string) =>
  call(gateway.port, { headers: { apikey: `flk_${key}` }, ...(path && { path }) });

async function statuses(times: number, send: () => ReturnType<typeof call>): Promise<string> {
  const seen: number[] = [];
  for (let index = 0; index < times; index += 1) seen.push((await send()).status);
  return seen.join(" ");
}

describe.each([
  ["on the wire", true],
  ["by Node's server", false],
])("rate limits, served %s", (_, wire) => {
  beforeEach(async () => {
    backend = await startBackend("A");
    gateway = await startGateway({ logLevel: "silent", wire });
  });
  afterEach(async () => {
    await gateway.close();
    await backend.stop();
  });

  it("refuse the request after the last one of the API, before its endpoint hears of it", async () => {
    await gateway.serve(limited({ rateLimit: tier(2) }));
    expect(await statuses(2, () => call(gateway.port))).toBe("200 200");
    const answer = await call(gateway.port);
    expect(answer.status).toBe(429);
    expect(codeOf(answer)).toBe("900803");
    expect(Number(answer.headers["retry-after"])).toBeGreaterThanOrEqual(59);
    expect(answer.headers["ratelimit-policy"]).toBe('"api-T2";q=2;w=60');
    expect(answer.headers.ratelimit).toMatch(/^"api-T2";r=0;t=(59|60|61)$/);
    expect(backend.requests).toHaveLength(2);
  });

  it("tell in every answer what is left", async () => {
    await gateway.serve(limited({ rateLimit: tier(5) }));
    const first = await call(gateway.port);
    const second = await call(gateway.port);
    expect([first, second].map(({ headers }) => /r=\d+/.exec(String(headers.ratelimit))?.[0])).toEqual(["r=4", "r=3"]);
  });

  it("say nothing where there are none", async () => {
    await gateway.serve(limited({}));
    const { headers } = await call(gateway.port);
    expect([headers.ratelimit, headers["ratelimit-policy"]]).toEqual([undefined, undefined]);
  });

  it("count each key for itself, and a key without a limit not at all", async () => {
    await gateway.serve(keyed(keyOf("one", tier(1)), keyOf("two", tier(2)), keyOf("free")));
    expect(await statuses(2, () => callWith("one"))).toBe("200 429");
    expect(await statuses(3, () => callWith("two"))).toBe("200 200 429");
    expect(await statuses(4, () => callWith("free"))).toBe("200 200 200 200");
    expect(codeOf(await callWith("one"))).toBe("900804");
  });

  it("hold for the API and the key: whoever is beyond one takes nothing of the other", async () => {
    await gateway.serve({ ...keyed(keyOf("greedy", tier(1)), keyOf("modest", tier(3))), rateLimit: tier(3) });
    expect(await statuses(4, () => callWith("greedy"))).toBe("200 429 429 429");
    expect(await statuses(2, () => callWith("modest"))).toBe("200 200");
    const answer = await callWith("modest");
    expect([answer.status, codeOf(answer)]).toEqual([429, "900803"]);
    expect(answer.headers["ratelimit-policy"]).toBe('"key-T3";q=3;w=60, "api-T3";q=3;w=60');
    expect(answer.headers.ratelimit).toMatch(/^"key-T3";r=1;t=\d+, "api-T3";r=0;t=\d+$/);
  });

  it("count both keys of a rotation against one limit", async () => {
    const present = keyOf("now", tier(2));
    const previous = { ...keyOf("before", tier(2)), id: "now" };
    await gateway.serve(keyed(present, previous));
    expect([(await callWith("now")).status, (await callWith("before")).status]).toEqual([200, 200]);
    expect([(await callWith("now")).status, (await callWith("before")).status]).toEqual([429, 429]);
  });

  it("are not used up by requests whose key is not valid", async () => {
    await gateway.serve({ ...keyed(keyOf("good")), rateLimit: tier(1) });
    expect(await statuses(3, () => callWith("bad"))).toBe("401 401 401");
    expect(await statuses(2, () => callWith("good"))).toBe("200 429");
  });

  it("are only observed where the API says so: counted, recorded, served", async () => {
    await gateway.serve({ ...limited({ runtime: { observeRateLimits: true } }), rateLimit: tier(1) });
    expect(await statuses(3, () => call(gateway.port))).toBe("200 200 200");
    const [newest] = await gateway.gateway.workers.recentDecisions({ apiId: "api-1", limit: 1 });
    expect(newest?.limit).toEqual({ level: "api", tier: "T1", isObserved: true });
    const metrics = await gateway.gateway.workers.metrics();
    const counted = metrics.flat().find(({ name }) => name === "fairlead_rate_limited_requests_total");
    expect(counted?.values).toContainEqual({ value: 2, labels: { level: "api", action: "observed" } });
  });

  it("go on with what they counted over a reload, and let go of it with the limit", async () => {
    await gateway.serve(limited({ rateLimit: tier(2) }));
    await statuses(2, () => call(gateway.port));
    await gateway.serve(limited({ rateLimit: tier(3), revision: 2 }));
    expect(await statuses(2, () => call(gateway.port))).toBe("200 429");
    await gateway.serve(limited({ revision: 3 }));
    expect(await statuses(2, () => call(gateway.port))).toBe("200 200");
  });

  it("are recorded with the request that met them", async () => {
    await gateway.serve(limited({ rateLimit: tier(1) }));
    await statuses(2, () => call(gateway.port));
    const [newest] = await gateway.gateway.workers.recentDecisions({ apiId: "api-1", limit: 1 });
    expect(newest).toMatchObject({
      limit: { level: "api", tier: "T1", isObserved: false },
      refusal: "api-limit",
      answer: { status: 429, code: "900803" },
    });
  });
});
