import { randomUUID } from "node:crypto";
import pg from "pg";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configChangedChannel, gatewayAskChannel } from "../../lib/db/notify.ts";
import { createTestDatabase, type TestDatabase } from "../../scripts/testing/database.ts";
import { startRawBackend } from "../testing/stub-backend.ts";
import { listenForChanges } from "./listen.ts";

let database: TestDatabase;
let client: pg.Client;
let stopping: AbortController;
let listening: Promise<void>;
let changes: number;
let connections: boolean[];
let asks: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client(database.url);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});
beforeEach(() => {
  stopping = new AbortController();
  changes = 0;
  connections = [];
  asks = [];
});
afterEach(async () => {
  stopping.abort();
  await listening;
});

function listenAt(databaseUrl: string): void {
  listening = listenForChanges({
    databaseUrl,
    onAsk: (ask) => asks.push(ask.ask.kind),
    onChange: () => {
      changes += 1;
    },
    onConnection: (isConnected) => connections.push(isConnected),
    random: () => 0.5,
    log: pino({ level: "silent" }),
    signal: stopping.signal,
  });
}

async function dropConnections(): Promise<void> {
  await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'fairlead-gateway'",
  );
}

describe("listenForChanges", () => {
  it("reads the truth once it is connected, and upon every notification", async () => {
    listenAt(database.url);
    await expect.poll(() => connections).toEqual([true]);
    expect(changes).toBe(1);
    await client.query(`NOTIFY ${configChangedChannel}, '7'`);
    await expect.poll(() => changes).toBe(2);
  });

  it("hears questions, and is not upset by what is none", async () => {
    listenAt(database.url);
    await expect.poll(() => changes).toBe(1);
    const ask = { id: randomUUID(), ask: { kind: "endpoints", apiId: "api-1" } };
    const unknown = { id: randomUUID(), ask: { kind: "of a later version" } };
    for (const payload of ["", "no JSON", "null", "{}", JSON.stringify(unknown), JSON.stringify(ask)])
      await client.query("SELECT pg_notify($1, $2)", [gatewayAskChannel, payload]);
    await expect.poll(() => asks).toEqual(["endpoints"]);
    expect(changes).toBe(1);
  });

  it("connects again when the connection breaks, and reads what it may have missed", async () => {
    listenAt(database.url);
    await expect.poll(() => changes).toBe(1);
    await dropConnections();
    await expect.poll(() => connections, { timeout: 3_000 }).toEqual([true, false, true]);
    expect(changes).toBe(2);
    await client.query(`NOTIFY ${configChangedChannel}`);
    await expect.poll(() => changes).toBe(3);
  });

  it("holds on to nothing of connections that broke", async () => {
    const warnings: string[] = [];
    const onWarning = (warning: Error) => warnings.push(warning.name);
    process.on("warning", onWarning);
    listenAt(database.url);
    for (let round = 1; round <= 12; round += 1) {
      await expect.poll(() => changes, { timeout: 3_000 }).toBe(round);
      await dropConnections();
    }
    await expect.poll(() => changes, { timeout: 3_000 }).toBe(13);
    process.off("warning", onWarning);
    expect(warnings).not.toContain("MaxListenersExceededWarning");
  });

  it("keeps trying where nobody listens, and stops when it is told to", async () => {
    listenAt("postgresql://u@127.0.0.1:1/db");
    await expect.poll(() => connections.length, { timeout: 3_000 }).toBeGreaterThan(1);
    expect(connections).not.toContain(true);
    const startedAt = performance.now();
    stopping.abort();
    await listening;
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  it("stops in time although the database has gone silent", async () => {
    const silent = await startRawBackend(() => undefined);
    listenAt(`postgresql://u@127.0.0.1:${silent.port}/db`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const startedAt = performance.now();
    stopping.abort();
    await listening;
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    await silent.stop();
  });
});
