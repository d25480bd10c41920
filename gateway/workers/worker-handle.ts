import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import type { WorkerAnswer, WorkerReply, WorkerRequest, WorkerStart, WorkerTask } from "./worker-message.ts";

/**
 * Requests live shortly: the longer a worker can go on before it looks which are still alive, the fewer are. From 2 MiB to
 * 16, that is a fifth of a request's processor time; beyond, the processor's caches are too small.
 */
const workerNurseryMiB = 16;

/** One worker thread, as the deciding thread holds it. */
export class WorkerHandle {
  /** Why the thread ended, once it has. */
  readonly ended: Promise<string>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, (answer: WorkerAnswer) => void>();
  #lastId = 0;

  /** @param env what the thread has for an environment: what it needs to know comes with the start */
  constructor(start: WorkerStart, env: Record<string, string>) {
    // Read by V8 when a thread begins: what there is already stays as it is.
    setFlagsFromString(`--max-semi-space-size=${workerNurseryMiB}`);
    this.#worker = new Worker(new URL("./worker-thread.ts", import.meta.url), { workerData: start, env });
    const { promise, resolve } = Promise.withResolvers<string>();
    this.ended = promise;
    this.#worker.on("message", ({ id, ...answer }: WorkerReply) => this.#waiting.get(id)?.(answer));
    this.#worker.once("error", (error) =>
      resolve(error instanceof Error ? (error.stack ?? error.message) : `${error}`),
    );
    this.#worker.once("exit", (code) => resolve(`exit code ${code}`));
    void promise.then(() => this.#giveUp());
  }

  /** Resolves with the worker's answer, and rejects when the thread ends or `deadlineMs` pass before. */
  async perform(task: WorkerTask, deadlineMs: number): Promise<WorkerAnswer> {
    this.#lastId += 1;
    const request: WorkerRequest = { id: this.#lastId, task };
    const { promise, resolve } = Promise.withResolvers<WorkerAnswer>();
    const late = () => resolve({ kind: "failed", error: `no answer to ${task.kind} within ${deadlineMs} ms` });
    const timer = setTimeout(late, deadlineMs);
    this.#waiting.set(request.id, resolve);
    this.#worker.postMessage(request);
    const answer = await promise;
    clearTimeout(timer);
    this.#waiting.delete(request.id);
    if (answer.kind === "failed") throw new Error(answer.error);
    return answer;
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #giveUp(): void {
    for (const resolve of this.#waiting.values()) resolve({ kind: "failed", error: "the worker has ended" });
  }
}
