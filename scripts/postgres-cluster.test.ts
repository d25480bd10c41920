import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { connectTo } from "./database-connection.ts";
import { ensureSecret } from "./home-directory.ts";
import { KeptPostgres } from "./kept-postgres.ts";
import { PostgresCluster } from "./postgres-cluster.ts";

describe("the embedded PostgreSQL", () => {
  let home: string;
  const start = () =>
    PostgresCluster.start({
      directory: join(home, "postgres"),
      portFile: join(home, "postgres-port"),
      password: ensureSecret(home, "postgres-password"),
      throwaway: true,
    });
  const query = async (url: string, text: string) => {
    const client = await connectTo(url);
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  };

  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), "fairlead-home-"));
    chmodSync(home, 0o755);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it("keeps data, password and port from start to start", async () => {
    const first = await start();
    await first.ensureDatabase("fairlead");
    await first.ensureDatabase("fairlead");
    await query(first.url("fairlead"), "CREATE TABLE kept AS SELECT 42 AS answer");
    await first.close();
    const second = await start();
    expect(await query(second.url("fairlead"), "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
    expect(second.url("fairlead")).toBe(first.url("fairlead"));
    await second.close();
    expect(statSync(join(home, "postgres-password")).mode & 0o777).toBe(0o600);
  });

  it("listens on the loopback address alone, and wants the password", async () => {
    const cluster = await start();
    const addresses = await query(cluster.url("postgres"), "SHOW listen_addresses");
    expect(addresses).toEqual([{ listen_addresses: "127.0.0.1" }]);
    const guess = new URL(cluster.url("postgres"));
    guess.password = "guess";
    await expect(query(guess.href, "SELECT 1")).rejects.toThrow("password authentication failed");
    await cluster.close();
  });

  it("is started again on the same port when it ends", async () => {
    const kept = await KeptPostgres.start({
      directory: join(home, "postgres"),
      portFile: join(home, "postgres-port"),
      password: ensureSecret(home, "postgres-password"),
    });
    const url = await kept.ensureDatabase("fairlead");
    await query(url, "CREATE TABLE before AS SELECT 1 AS one");
    process.kill(Number(readFileSync(join(home, "postgres/postmaster.pid"), "utf8").split("\n")[0]), "SIGKILL");
    await vi.waitFor(async () => expect(await query(url, "SELECT one FROM before")).toEqual([{ one: 1 }]), 15_000);
    await kept.close();
    await expect(query(url, "SELECT 1")).rejects.toThrow("ECONNREFUSED");
  });

  it("refuses a directory that another one uses", async () => {
    const cluster = await start();
    await expect(start()).rejects.toThrow(/another Fairlead uses .* \(PostgreSQL process \d+\)/);
    await cluster.close();
  });

  it("starts over a lock file whose process number belongs to another program now", async () => {
    await (await start()).close();
    const [, ...rest] = ["", join(home, "postgres"), "1", "1", "", "127.0.0.1", "", ""];
    writeFileSync(join(home, "postgres/postmaster.pid"), [process.pid, ...rest].join("\n"));
    const cluster = await start();
    expect(await query(cluster.url("postgres"), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await cluster.close();
  });

  it("takes another port when somebody has taken its own", async () => {
    await (await start()).close();
    const port = Number(readFileSync(join(home, "postgres-port"), "utf8"));
    const server = createServer().listen(port, "127.0.0.1");
    await once(server, "listening");
    const cluster = await start();
    expect(new URL(cluster.url("postgres")).port).not.toBe(String(port));
    await cluster.close();
    server.close();
  });
});
