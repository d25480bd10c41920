import { spawn } from "node:child_process";
import { once } from "node:events";

/** A process of the stack under test, with what it wrote kept for the message of a failing test. */
export type Child = { output: () => string; stop: (signal?: NodeJS.Signals) => Promise<number | null> };

const maxOutput = 200_000;

/** Starts Node on a script; the process is killed if it does not stop in time. */
export function startChild(args: string[], env: Record<string, string>, cwd: string): Child {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-maxOutput);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const exited = once(child, "exit");
  return {
    output: () => output,
    stop: async (signal = "SIGTERM") => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill(signal);
      const force = setTimeout(() => child.kill("SIGKILL"), 15_000);
      await exited;
      clearTimeout(force);
      return child.exitCode;
    },
  };
}
