import { once } from "node:events";
import { Worker } from "node:worker_threads";

export type LoadStart = {
  port: number;
  path: string;
  connections: number;
  /** For each phase four counts: answers of A, B and C, and requests that were lost. */
  tally: Int32Array<SharedArrayBuffer>;
  /** Number of the phase in the first place. */
  phase: Int32Array<SharedArrayBuffer>;
};

/** Phases of the test: in between, all members ready, and C suspended. */
export const phases = { changing: 0, allReady: 1, oneOut: 2 } as const;

/** Requests that were answered, or lost, in one phase. */
export type PhaseCount = { answers: readonly [number, number, number]; lost: number };

/** Load from a thread of its own, so that it does not compete with what it measures. */
export class Load {
  readonly #tally = new Int32Array(new SharedArrayBuffer(3 * 4 * 4));
  readonly #phase = new Int32Array(new SharedArrayBuffer(4));
  readonly #worker: Worker;
  readonly #ended: Promise<unknown>;

  constructor(options: Pick<LoadStart, "port" | "path" | "connections">) {
    const start: LoadStart = { ...options, tally: this.#tally, phase: this.#phase };
    this.#worker = new Worker(new URL("./load-thread.ts", import.meta.url), { workerData: start });
    this.#ended = once(this.#worker, "exit");
  }

  enter(phase: keyof typeof phases): void {
    Atomics.store(this.#phase, 0, phases[phase]);
  }

  count(phase: keyof typeof phases): PhaseCount {
    const at = (index: number) => Atomics.load(this.#tally, phases[phase] * 4 + index);
    return { answers: [at(0), at(1), at(2)], lost: at(3) };
  }

  get total(): number {
    return this.#tally.reduce((sum, count) => sum + count, 0);
  }

  get lost(): number {
    return this.count("changing").lost + this.count("allReady").lost + this.count("oneOut").lost;
  }

  async stop(): Promise<void> {
    this.#worker.postMessage("stop");
    await this.#ended;
  }
}
