import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { restartDelayMs } from "./restart-delay.ts";
import { SupervisedProcess } from "./supervised-process.ts";

describe("a supervised process", () => {
  let directory: string;
  const diary = () => join(directory, "diary");
  const lines = () => readFileSync(diary(), { encoding: "utf8", flag: "a+" }).split("\n").filter(Boolean);
  const supervise = (script: string) =>
    new SupervisedProcess({
      name: "the test process",
      args: ["-e", `const write = (line) => require("fs").appendFileSync(process.env.DIARY, line + "\\n"); ${script}`],
      env: { ...process.env, DIARY: diary() },
    });
  const until = async (condition: () => boolean) => {
    while (!condition()) await sleep(20);
  };

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "fairlead-process-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it("is started again when it ends", async () => {
    const supervised = supervise('write("up"); process.exit(3)');
    await until(() => lines().length === 2);
    expect(supervised.failures).toBeGreaterThanOrEqual(1);
    await supervised.close();
    const count = lines().length;
    await sleep(1_200);
    expect(lines()).toHaveLength(count);
  });

  it("may drain before it ends", async () => {
    const drain = 'process.on("SIGTERM", () => setTimeout(() => { write("drained"); process.exit(0) }, 200))';
    const supervised = supervise(`${drain}; setInterval(() => {}, 1000); write("up")`);
    await until(() => lines().includes("up"));
    await supervised.close();
    expect(lines()).toEqual(["up", "drained"]);
  });

  it("is ended when somebody hastens", async () => {
    const supervised = supervise(
      'process.on("SIGTERM", () => write("asked")); setInterval(() => {}, 1000); write("up")',
    );
    await until(() => lines().includes("up"));
    const closed = supervised.close();
    await until(() => lines().includes("asked"));
    supervised.hasten();
    await closed;
  });

  it("waits longer from failure to failure, up to half a minute", () => {
    expect([1, 2, 3, 7, 50].map(restartDelayMs)).toEqual([500, 1_000, 2_000, 30_000, 30_000]);
  });
});
