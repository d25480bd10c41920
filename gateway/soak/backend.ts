import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";

const readySchema = z.object({ port: z.number() });

/** A backend in a process of its own, which can be killed and started again at the same port. */
export class SoakBackend {
  readonly #name: string;
  #child: ChildProcess | undefined;
  #port = 0;

  constructor(name: string) {
    this.#name = name;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  async start(): Promise<this> {
    const child = fork(join(import.meta.dirname, "backend-process.ts"), [this.#name, String(this.#port)]);
    this.#child = child;
    const [message] = await once(child, "message", { signal: AbortSignal.timeout(10_000) });
    this.#port = readySchema.parse(message).port;
    return this;
  }

  /** As the kernel ends a process: without a word to anybody. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
}
