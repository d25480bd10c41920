import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { Backends } from "./backends.ts";
import { benchCases } from "./cases.ts";
import type { Contender } from "./contenders/contender.ts";
import { fairlead } from "./contenders/fairlead.ts";
import { haproxy } from "./contenders/haproxy.ts";
import { nginx } from "./contenders/nginx.ts";
import type { Installation } from "./installation.ts";
import { readOptions } from "./options.ts";
import { stopAll } from "./processes.ts";
import { runCase } from "./run-case.ts";
import { textTable } from "./table.ts";

/** Whoever takes longer than this, ms, is ended. */
const deadlineMs = 20 * 60_000;
/** Proxies have the first core for themselves; load, backends, database and this process have the second one. */
const cores = { proxy: "0", load: "1" };

/** `npm run bench`: everything but what an installation brings. */
export async function runBench(args: string[], openInstallation: () => Promise<Installation>): Promise<void> {
  const contendersOf = (installation: Installation): Contender[] => [
    fairlead(installation, "fairlead", "Fairlead"),
    nginx,
    haproxy,
    // An option in Connection that names a field makes a connection one for Node's HTTP server and http-proxy.
    fairlead(installation, "fairlead-http-proxy", "Fairlead by its http-proxy path", {
      Connection: "keep-alive, x-none",
    }),
  ];
  const caseIds = benchCases.map(({ id }) => id);
  const options = readOptions(args, caseIds, ["fairlead", "nginx", "haproxy", "fairlead-http-proxy"]);
  requireMachine();
  const directory = mkdtempSync(join(tmpdir(), "fairlead-bench-"));
  let installation: Installation | undefined;
  let backends: Backends | undefined;
  const close = async () => {
    backends?.stop();
    await stopAll();
    await installation?.close();
    rmSync(directory, { recursive: true, force: true });
  };
  const end = (code: number) => void close().finally(() => process.exit(code));
  process.once("SIGINT", () => end(130));
  process.once("SIGTERM", () => end(143));
  setTimeout(() => {
    console.error("The run has taken longer than twenty minutes.");
    end(1);
  }, deadlineMs).unref();
  try {
    installation = await openInstallation();
    backends = await Backends.start();
    const contenders: Contender[] = [];
    for (const contender of contendersOf(installation)) {
      if (options.contenders && !options.contenders.includes(contender.id)) continue;
      const version = await contender.version();
      console.log(`${contender.title} ${version ?? `is missing: ${contender.install}`}`);
      if (version !== undefined) contenders.push(contender);
    }
    const { rounds, seconds } = options;
    const ground = { directory, backends: backends.ports };
    const progress = (line: string) => console.log(`  ${line}`);
    for (const one of benchCases) {
      if (options.only && !options.only.includes(one.id)) continue;
      const result = await runCase(one, { ground, proxyCores: cores.proxy, contenders, rounds, seconds, progress });
      console.log(`\n${textTable(result)}\n`);
    }
  } finally {
    await close();
  }
}

/** Pins this process, and with it everything that it starts and pins nowhere else. */
function requireMachine(): void {
  if (process.platform !== "linux") throw new Error("the measurement reads /proc and pins processes: it needs Linux.");
  if (availableParallelism() < 2) throw new Error("the measurement needs two cores: proxies have one for themselves.");
  try {
    execFileSync("wrk", ["-v"], { stdio: "ignore" });
  } catch (error) {
    // It prints its version and ends with 1.
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      throw new Error("wrk makes the load, and is missing: apt-get install -y wrk");
  }
  execFileSync("taskset", ["-a", "-c", "-p", cores.load, String(process.pid)], { stdio: "ignore" });
}
