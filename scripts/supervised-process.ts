import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { endWithUs } from "./end-with-us.ts";
import { restartDelayMs, stableAfterMs } from "./restart-delay.ts";
import { rootDirectory } from "./root-directory.ts";

export interface ProcessSpec {
  /** In messages: "the gateway". */
  readonly name: string;
  /** Arguments of Node. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

const drainTimeoutMs = 35_000;

/** A process that is started again whenever it ends, until `close()`. Its output goes where ours goes. */
export class SupervisedProcess {
  readonly #spec: ProcessSpec;
  readonly #closing = new AbortController();
  readonly #ended: Promise<void>;
  #child: ChildProcess | undefined;
  #failures = 0;

  constructor(spec: ProcessSpec) {
    this.#spec = spec;
    this.#ended = this.#run();
  }

  /** How often in a row it ended without having been stable. */
  get failures(): number {
    return this.#failures;
  }

  /** Lets it drain (SIGTERM), at most 35 s, and resolves when it is gone. `hasten` ends it at once. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#child?.kill("SIGTERM");
    const patience = new AbortController();
    void sleep(drainTimeoutMs, undefined, { signal: patience.signal }).then(
      () => this.hasten(),
      () => undefined,
    );
    await this.#ended;
    patience.abort();
  }

  /** Ends it and everything it started, without waiting for requests in flight. */
  hasten(): void {
    const { pid, exitCode, signalCode } = this.#child ?? {};
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    process.kill(-pid, "SIGKILL");
  }

  async #run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      const startedAt = performance.now();
      const reason = await this.#runOnce();
      if (this.#closing.signal.aborted) return;
      this.#failures = performance.now() - startedAt > stableAfterMs ? 1 : this.#failures + 1;
      const delayMs = restartDelayMs(this.#failures);
      console.error(`Fairlead: ${this.#spec.name} ended (${reason}); starting it again in ${delayMs / 1_000} s`);
      await sleep(delayMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
    }
  }

  async #runOnce(): Promise<string> {
    const child = spawn(process.execPath, this.#spec.args, {
      cwd: rootDirectory,
      env: this.#spec.env,
      stdio: ["ignore", "inherit", "inherit"],
      // A group of its own: Ctrl-C reaches it through us, in order, and nothing it started can be left behind.
      detached: true,
    });
    this.#child = child;
    endWithUs(child, "TERM");
    try {
      const [code, signal] = await once(child, "exit");
      return signal === null ? `exit code ${code}` : `${signal}`;
    } catch (error) {
      return String(error);
    }
  }
}
