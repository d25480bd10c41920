import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem, type } from "node:os";
import type { BenchResult } from "./result.ts";

/** Proxies have the first core for themselves; load, backends, database and this process have the second one. */
export const cores = { proxy: "0", load: "1", all: "0,1" };

/** Pins this process, and with it everything that it starts and pins nowhere else; throws what is missing for a run. */
export function requireMachine(): void {
  if (process.platform !== "linux") throw new Error("the measurement reads /proc and pins processes: it needs Linux.");
  if (availableParallelism() < 2) throw new Error("the measurement needs two cores: proxies have one for themselves.");
  wrkVersion();
  execFileSync("taskset", ["-a", "-c", "-p", cores.load, String(process.pid)], { stdio: "ignore" });
}

export function describeMachine(): BenchResult["machine"] {
  const system = /^PRETTY_NAME="(.*)"$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? type();
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryBytes: totalmem(),
    system: `${system}, Linux ${release()}`,
  };
}

/** Which wrk there is, or an error of one line that says how to get it. */
export function wrkVersion(): string {
  const version = /^wrk \S*?(\d[\w.]*)/.exec(wrkOutput())?.[1];
  if (version === undefined) throw new Error("wrk makes the load, and is missing: apt-get install -y wrk");
  return `wrk ${version}`;
}

/** It ends with 1 when it is asked for its version. */
function wrkOutput(): string {
  try {
    return execFileSync("wrk", ["-v"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch (error) {
    return error instanceof Error && "stdout" in error ? String(error.stdout) : "";
  }
}
