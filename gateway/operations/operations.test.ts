import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SnapshotApi, SnapshotOperation } from "../../lib/model/snapshot.ts";
import { apiWith } from "../testing/api-with.ts";
import { call, codeOf } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { type StubBackend, startBackend } from "../testing/stub-backend.ts";

let backend: StubBackend;
let sandbox: StubBackend;
let gateway: TestGateway;

const operation = (line: string, more: Partial<SnapshotOperation> = {}): SnapshotOperation => {
  const [method, path = ""] = line.split(" ");
  const known = (["GET", "POST", "DELETE"] as const).find((one) => one === method) ?? "GET";
  return { method: known, path, secured: true, ...more };
};
const limit = (requests: number) => ({ tier: `T${requests}`, requests, windowMs: 60_000 });
const key = (name: string, keyType: "production" | "sandbox"): SnapshotApi["keys"][number] => ({
  ...{ id: name, keyType, expiresAtMs: null },
  hash: createHash("sha256").update(`flk_${name}`).digest("hex"),
});
const served = (operations: SnapshotOperation[], more: Partial<Parameters<typeof apiWith>[0]> = {}) =>
  apiWith({ production: [backend.url], sandbox: [sandbox.url], operations, ...more });
const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  call(gateway.port, { path: `/shop/1.0.0${path}`, headers, method });

describe.each([
  ["on the wire", true],
  ["by Node's server", false],
])("operations, served %s", (_, wire) => {
  beforeEach(async () => {
    backend = await startBackend("A");
    sandbox = await startBackend("S");
    gateway = await startGateway({ logLevel: "silent", wire });
  });
  afterEach(async () => {
    await gateway.close();
    await backend.stop();
    await sandbox.stop();
  });

  it("are all that is served where only they are: 404 for other paths, 405 with Allow for other methods", async () => {
    await gateway.serve(served([operation("GET /orders"), operation("POST /orders")], only));
    expect((await get("/orders?x=1")).status).toBe(200);
    const [noPath, noMethod] = [await get("/other"), await get("/orders", {}, "DELETE")];
    expect([noPath.status, codeOf(noPath)]).toEqual([404, "900906"]);
    expect([noMethod.status, codeOf(noMethod), noMethod.headers.allow]).toEqual([405, "900906", "GET, POST, HEAD"]);
    expect(backend.requests).toHaveLength(1);
  });

  it("let nothing through where there are none and only they are served", async () => {
    await gateway.serve(served([], only));
    expect((await get("/")).status).toBe(404);
  });

  it("need no key where their security is off, and one elsewhere; a key that is sent chooses its endpoints", async () => {
    const operations = [operation("GET /open", { secured: false }), operation("GET /orders")];
    const keys = [key("box", "sandbox"), key("live", "production")];
    await gateway.serve(served(operations, { apiKeyRequired: true, keys }));
    expect((await get("/open")).status).toBe(200);
    expect((await get("/open", { apikey: "flk_wrong" })).status).toBe(200);
    expect((await get("/orders")).status).toBe(401);
    expect((await get("//open")).status).toBe(401);
    expect((await get("/open/../orders")).status).toBe(400);
    expect((await get("/open", { apikey: "flk_box" })).status).toBe(200);
    expect(sandbox.requests).toHaveLength(1);
    expect(backend.requests.concat(sandbox.requests).every(({ headers }) => headers.apikey === undefined)).toBe(true);
  });

  it("have limits of their own, whatever the spelling", async () => {
    await gateway.serve(served([operation("GET /orders", { rateLimit: limit(2) }), operation("GET /free")]));
    const statuses = [await get("/orders"), await get("/orders/"), await get("//orders")].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 429]);
    const refused = await get("/orders");
    expect(codeOf(refused)).toBe("900802");
    expect(refused.headers["ratelimit-policy"]).toBe('"operation-T2";q=2;w=60');
    const [newest] = await gateway.gateway.workers.recentDecisions({ apiId: "api-1", limit: 1 });
    expect((await get("/free")).status).toBe(200);
    expect(newest).toMatchObject({
      operation: { method: "GET", path: "/orders" },
      limit: { level: "operation", tier: "T2", isObserved: false },
      refusal: "operation-limit",
    });
  });

  it("only count where limits are observed, and take nothing of the API's where theirs has no room", async () => {
    const limited = [operation("GET /orders", { rateLimit: limit(1) })];
    await gateway.serve(served(limited, { runtime: { observeRateLimits: true } }));
    expect([(await get("/orders")).status, (await get("/orders")).status]).toEqual([200, 200]);
    await gateway.serve(served(limited, { rateLimit: limit(2), revision: 2, id: "api-2", context: "/two" }));
    const two = (path: string) => call(gateway.port, { path: `/two/1.0.0${path}` });
    const seen = [await two("/orders"), await two("/orders"), await two("/else"), await two("/else")];
    expect(seen.map((answer) => codeOf(answer))).toEqual([undefined, "900802", undefined, "900803"]);
  });
});

const only = { runtime: { onlyOperations: true } };
