import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "./free-port.ts";
import { rootDirectory } from "./root-directory.ts";

describe("npm start", () => {
  let home: string;
  let ports: Record<string, string>;

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), "fairlead-start-"));
    const [port, gatewayPort, adminPort] = [await freePort(), await freePort(), await freePort()];
    ports = { PORT: `${port}`, GATEWAY_PORT: `${gatewayPort}`, GATEWAY_ADMIN_PORT: `${adminPort}` };
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  async function run(command: string, env: Record<string, string>) {
    const child = spawn(process.execPath, [join(rootDirectory, "scripts", `${command}.ts`)], {
      env: { ...process.env, DATABASE_URL: "", FAIRLEAD_SECRET: "", FAIRLEAD_HOME: home, ...ports, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [errors, [code]] = await Promise.all([text(child.stderr), once(child, "exit"), text(child.stdout)]);
    return { errors, code };
  }

  it("refuses a value that does not parse with one line", async () => {
    expect(await run("start", { PORT: "eighty" })).toEqual({
      errors: 'Fairlead: PORT is "eighty"; it must be a port number from 1 to 65535\n',
      code: 1,
    });
  });

  it("names a port that is taken with one line, before it starts anything", async () => {
    const server = createServer().listen(Number(ports.GATEWAY_PORT), "127.0.0.1");
    await once(server, "listening");
    expect(await run("start", {})).toEqual({
      errors: `Fairlead: port ${ports.GATEWAY_PORT} on 127.0.0.1 is taken by another program: end it, or set GATEWAY_PORT to another port\n`,
      code: 1,
    });
    expect(existsSync(join(home, "postgres"))).toBe(false);
    server.close();
  });

  it("names a database that cannot be reached with one line, without its password", async () => {
    const port = await freePort();
    const database = {
      DATABASE_URL: `postgresql://me:hunter2@127.0.0.1:${port}/fairlead`,
      FAIRLEAD_SECRET: "s".repeat(32),
    };
    expect(await run("start", database)).toEqual({
      errors: `Fairlead: cannot connect to the database 127.0.0.1:${port}/fairlead (DATABASE_URL): connect ECONNREFUSED 127.0.0.1:${port}\n`,
      code: 1,
    });
  });

  it.each(["gateway", "publisher"])("the %s alone wants a database", async (command) => {
    const { errors, code } = await run(command, {});
    expect(errors).toBe(
      "Fairlead: DATABASE_URL is unset, and needed to run this process alone; npm start brings its own database\n",
    );
    expect(code).toBe(1);
  });
});
