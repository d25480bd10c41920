import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Cores in the notation of taskset, such as `0` or `0,1`. */
export type Cores = string;

export type ProcessSpec = {
  command: string;
  args: readonly string[];
  cores: Cores;
  /** Both outputs are appended to this file. */
  logPath: string;
  env?: Record<string, string>;
};

/** How long a process may take to listen, and to end when it is told to, ms. */
const startMs = 20_000;
const endMs = 5_000;
const running = new Set<BenchProcess>();

/** A process of the run, pinned to its cores. The kernel ends it should the run be killed. */
export class BenchProcess {
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #logPath: string;
  readonly #ended: Promise<unknown>;

  constructor({ command, args, cores, logPath, env }: ProcessSpec) {
    mkdirSync(dirname(logPath), { recursive: true });
    const log = openSync(logPath, "a");
    const pinned = ["-c", cores, "setpriv", "--pdeathsig", "TERM", command, ...args];
    this.#child = spawn("taskset", pinned, {
      stdio: ["ignore", log, log],
      env: { NODE_ENV: "production", PATH: process.env.PATH, ...env },
    });
    closeSync(log);
    this.#name = command;
    this.#logPath = logPath;
    this.#ended = once(this.#child, "close").catch(() => undefined);
    running.add(this);
    void this.#ended.then(() => running.delete(this));
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error("taskset (of util-linux) cannot be run");
    return this.#child.pid;
  }

  /** Resolves when it accepts connections at a port of the loopback address. */
  async listening(port: number): Promise<void> {
    await this.until(() => accepts(port), `port ${port} is closed`);
  }

  /** Resolves when something holds; fails with what the process has said when it ends or takes too long before. */
  async until(holds: () => Promise<boolean>, otherwise: string): Promise<void> {
    for (let waited = 0; waited < startMs; waited += 50) {
      if (await holds()) return;
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) break;
      await sleep(50);
    }
    throw new Error(`${this.#name}: ${otherwise}\n${tailOf(this.#logPath)}`);
  }

  async stop(): Promise<void> {
    if (!running.has(this)) return;
    this.#child.kill("SIGTERM");
    const late = setTimeout(() => this.#child.kill("SIGKILL"), endMs);
    await this.#ended;
    clearTimeout(late);
  }
}

/** Ends every process of the run that is left. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((process) => process.stop()));
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const settle = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
  });
}

function tailOf(path: string): string {
  return readFileSync(path, "utf8").split("\n").slice(-20).join("\n");
}
