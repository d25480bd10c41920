import { once } from "node:events";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createApi } from "../lib/server/apis/create-api.ts";
import { deleteApi } from "../lib/server/apis/delete-api.ts";
import { updateApi } from "../lib/server/apis/update-api.ts";
import type { ServerContext } from "../lib/server/context.ts";
import { openTestPublisher, type TestPublisher } from "../lib/server/testing/publisher.ts";
import { call } from "./testing/call.ts";
import { freePort, GatewayProcess } from "./testing/gateway-process.ts";
import { type StubBackend, startBackend } from "./testing/stub-backend.ts";

let publisher: TestPublisher;
let ada: ServerContext;
let home: string;
let a: StubBackend;
let b: StubBackend;
const processes: GatewayProcess[] = [];

beforeEach(async () => {
  [publisher, home, a, b] = await Promise.all([
    openTestPublisher(),
    mkdtemp(join(tmpdir(), "fairlead-gateway-")),
    startBackend("A"),
    startBackend("B"),
  ]);
  ada = await publisher.person("Ada");
});
afterEach(async () => {
  for (const process of processes.splice(0)) await process.stop();
  await Promise.all([publisher.close(), rm(home, { recursive: true }), a.stop(), b.stop()]);
});

async function startGateway(environment: Record<string, string> = {}): Promise<GatewayProcess> {
  const gateway = await GatewayProcess.start(home, { DATABASE_URL: publisher.url, ...environment });
  processes.push(gateway);
  return gateway;
}

const single = (url: string) => ({
  kind: "single" as const,
  protocol: "rest" as const,
  retryNonIdempotent: false,
  production: { id: "p", url, settings: {} },
});

function publish(name: string, url: string) {
  const context = `/${name.toLowerCase()}`;
  return createApi(ada, {
    name,
    context,
    version: "1.0.0",
    description: "",
    tags: [],
    isDefaultVersion: false,
    apiKeyRequired: false,
    endpointConfig: single(url),
    publish: true,
  });
}

const unreachable = async () => `postgresql://nobody@127.0.0.1:${await freePort()}/nothing`;

describe("the gateway as a process", () => {
  it("serves what is stored, follows every change, and reports the revision it runs", async () => {
    const api = await publish("Shop", a.url);
    const gateway = await (await startGateway()).ready();
    const answer = async (path = "/shop/1.0.0/x") => (await call(gateway.port, { path })).text;
    expect(await answer()).toBe("A");

    const saved = await updateApi(ada, api.id, { endpointConfig: single(b.url) });
    await expect.poll(() => answer(), { interval: 5 }).toBe("B");
    await expect
      .poll(() => publisher.db.gateway.findMany())
      .toMatchObject([{ appliedRevision: saved.revision, host: expect.stringContaining(`:${gateway.port}`) }]);
    expect(await gateway.status()).toMatchObject({
      configRevision: saved.revision,
      database: "connected",
      apis: [{ id: api.id, revision: saved.revision }],
    });

    await publish("Other", a.url);
    await expect.poll(() => answer("/other/1.0.0/x"), { interval: 5 }).toBe("A");
    await deleteApi(ada, api.id);
    await expect.poll(async () => (await call(gateway.port, { path: "/shop/1.0.0/x" })).status).toBe(404);
  });

  it("does not fail a request while two hundred changes are saved", async () => {
    const api = await publish("Shop", a.url);
    const gateway = await (await startGateway()).ready();
    let isRunning = true;
    const seen = new Map<string, number>();
    const client = async () => {
      while (isRunning) {
        const { status, text } = await call(gateway.port, { path: "/shop/1.0.0/x" });
        const what = status === 200 ? text : `${status} ${text}`;
        seen.set(what, (seen.get(what) ?? 0) + 1);
      }
    };
    const clients = [client(), client()];
    const latencies: number[] = [];
    for (let save = 0; save < 200; save += 1) {
      const { revision } = await updateApi(ada, api.id, { endpointConfig: single(save % 2 === 0 ? b.url : a.url) });
      const committedAt = performance.now();
      while (Number((await gateway.status()).configRevision) < revision) {
        if (performance.now() - committedAt > 5_000) throw new Error(`revision ${revision} did not arrive`);
      }
      latencies.push(performance.now() - committedAt);
    }
    isRunning = false;
    await Promise.all(clients);
    latencies.sort((x, y) => x - y);
    console.log(`commit to live: median ${latencies[100]?.toFixed(1)} ms, p99 ${latencies[197]?.toFixed(1)} ms`);
    expect([...seen.keys()].sort()).toEqual(["A", "B"]);
  }, 60_000);

  it("starts without the database from what it served last, and catches up when it is back", async () => {
    await publish("Shop", a.url);
    const port = String(await freePort());
    const before = await (await startGateway({ GATEWAY_PORT: port })).ready();
    await before.stop();
    expect((await stat(join(home, `gateway-${port}.snapshot.json`))).mode & 0o777).toBe(0o600);

    const startedAt = performance.now();
    const without = await startGateway({ GATEWAY_PORT: port, DATABASE_URL: await unreachable() });
    await without.ready();
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    expect((await call(without.port, { path: "/shop/1.0.0/x" })).text).toBe("A");
    const { database, gatewayId } = await without.status();
    expect(database).toBe("disconnected");
    await without.stop();

    await publish("Other", b.url);
    const back = await (await startGateway({ GATEWAY_PORT: port })).ready();
    expect((await call(back.port, { path: "/other/1.0.0/x" })).text).toBe("B");
    expect((await back.status()).gatewayId).toBe(gatewayId);
  });

  it("is not ready, and takes no traffic, while it has no configuration at all", async () => {
    const gateway = await startGateway({ DATABASE_URL: await unreachable() });
    const admin = (path: string) => fetch(`http://127.0.0.1:${gateway.adminPort}${path}`).then(({ status }) => status);
    await expect.poll(() => admin("/healthz").catch(() => 0), { timeout: 10_000 }).toBe(200);
    expect(await admin("/readyz")).toBe(503);
    await expect(call(gateway.port)).rejects.toThrow("ECONNREFUSED");
  });

  it("takes out a stored API that is broken, alone, and says so", async () => {
    const [good, broken] = [await publish("Good", a.url), await publish("Broken", a.url)];
    await publisher.db.api.update({ where: { id: broken.id }, data: { endpointConfig: { kind: "teapot" } } });
    const gateway = await (await startGateway()).ready();
    expect((await call(gateway.port, { path: "/good/1.0.0/x" })).text).toBe("A");
    expect((await call(gateway.port, { path: "/broken/1.0.0/x" })).status).toBe(404);
    const metrics = await (await fetch(`http://127.0.0.1:${gateway.adminPort}/metrics`)).text();
    expect(metrics).toMatch(/^fairlead_config_reload_errors_total 1$/m);
    expect(gateway.output).toContain('"stored API refused"');
    await expect.poll(() => publisher.db.gateway.findMany()).toMatchObject([{ refusedApis: [{ id: broken.id }] }]);

    await updateApi(ada, good.id, { endpointConfig: single(b.url) });
    await expect.poll(async () => (await call(gateway.port, { path: "/good/1.0.0/x" })).text).toBe("B");
  });

  it.each(["SIGTERM", "SIGINT"] as const)(
    "finishes the request under way on %s, takes leave, and ends",
    async (signal) => {
      await publish("Shop", a.url);
      a.behave((_request, response) => setTimeout(() => response.end("late"), 400));
      const gateway = await (await startGateway()).ready();
      await expect.poll(() => publisher.db.gateway.count()).toBe(1);
      const underWay = call(gateway.port, { path: "/shop/1.0.0/x" });
      await expect.poll(() => a.connections).toBe(1);
      gateway.signal(signal);
      expect(await underWay).toMatchObject({ status: 200, text: "late", headers: { connection: "close" } });
      expect(await gateway.ended()).toBe(0);
      expect(await publisher.db.gateway.count()).toBe(0);
      await expect(call(gateway.port)).rejects.toThrow("ECONNREFUSED");
    },
  );

  it("ends although the database does not answer to what it writes last, and takes leave", async () => {
    await publish("Shop", a.url);
    const gateway = await (await startGateway()).ready();
    await expect.poll(() => publisher.db.gateway.count()).toBe(1);
    await publisher.db.$transaction(
      async (tx) => {
        await tx.$executeRaw`LOCK TABLE statistics_batch IN ACCESS EXCLUSIVE MODE`;
        expect((await call(gateway.port, { path: "/shop/1.0.0/x" })).text).toBe("A");
        gateway.signal("SIGTERM");
        expect(await gateway.ended()).toBe(0);
        expect(await publisher.db.gateway.count()).toBe(0);
      },
      { timeout: 20_000 },
    );
  });

  it.each([
    [
      "GATEWAY_PORT",
      "Fairlead gateway: Port %s of 127.0.0.1 is taken by another process: set GATEWAY_PORT to another one.",
    ],
    [
      "GATEWAY_ADMIN_PORT",
      "Fairlead gateway: Port %s of 127.0.0.1 is taken by another process: set GATEWAY_ADMIN_PORT to another one.",
    ],
  ])("ends with one clear line when %s is taken", async (name, line) => {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    const address = holder.address();
    const port = address === null || typeof address === "string" ? "" : String(address.port);
    const gateway = await startGateway({ [name]: port, LOG_LEVEL: "silent" });
    expect(await gateway.ended()).toBe(1);
    expect(gateway.output.trim()).toBe(line.replace("%s", port));
    holder.close();
  });

  it("ends with one line about a value that it cannot take", async () => {
    const gateway = await startGateway({ GATEWAY_WORKERS: "many" });
    expect(await gateway.ended()).toBe(1);
    expect(gateway.output.trim()).toBe('Fairlead gateway: GATEWAY_WORKERS is "many": expected a number from 1 to 999.');
  });
});
