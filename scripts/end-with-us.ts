import { type ChildProcess, spawn } from "node:child_process";

/**
 * Makes a child get `signal` even when this process is killed without a chance to clean up (kill -9). A small shell holds
 * the reading end of a pipe from us: a line means that the child has ended, a pipe that closes without one that we have.
 */
export function endWithUs(child: ChildProcess, signal: "INT" | "TERM"): void {
  if (child.pid === undefined) return;
  const script = 'read -r line || kill -"$1" "$2"';
  // A session of its own, out of reach of the terminal's Ctrl-C.
  const watcher = spawn("sh", ["-c", script, "sh", signal, String(child.pid)], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.on("error", () => undefined);
  watcher.stdin.on("error", () => undefined);
  watcher.unref();
  child.once("exit", () => watcher.stdin.end("ended\n"));
}
