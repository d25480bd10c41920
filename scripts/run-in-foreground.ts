import { spawn } from "node:child_process";
import { once } from "node:events";
import { endWithUs } from "./end-with-us.ts";
import { rootDirectory } from "./root-directory.ts";
import type { ProcessSpec } from "./supervised-process.ts";

/**
 * Runs one process with signals passed on, and answers its exit code; asked to stop, 0 however the process words it.
 * Restarting it is the container's business.
 */
export async function runInForeground(spec: ProcessSpec): Promise<number> {
  let asked = false;
  const child = spawn(process.execPath, spec.args, {
    cwd: rootDirectory,
    env: spec.env,
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
  });
  endWithUs(child, "TERM");
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      asked = true;
      child.kill("SIGTERM");
    });
  }
  const [code] = await once(child, "exit");
  if (asked) return 0;
  console.error(`Fairlead: ${spec.name} ended`);
  return code === 0 || code === null ? 1 : code;
}
