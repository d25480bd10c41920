import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { DecisionRecord } from "../../lib/model/decision-record.ts";
import type { RequestFilter } from "../decisions/decision-log.ts";
import type { ConfigurationUpdate } from "./configuration-update.ts";
import { listenOn } from "./listen-on.ts";
import { WorkerHandle } from "./worker-handle.ts";
import type { WorkerAnswer, WorkerStart, WorkerTask } from "./worker-message.ts";
import type { Workers } from "./workers.ts";

export type WorkerPoolOptions = {
  /** How many threads serve. */
  count: number;
  address: { host: string; port: number };
  start: Omit<WorkerStart, "thread" | "workers">;
  /** The environment of the threads; absent: they have none. */
  environment?: Record<string, string>;
  /**
   * Runs a task while no configuration is being taken over, with everything that is served now. A worker that takes the
   * place of another one begins there.
   */
  withConfiguration: (task: (updates: readonly ConfigurationUpdate[]) => Promise<void>) => Promise<void>;
  /** A thread is gone; what it held in shared memory is to be freed before another one takes its number. */
  onGone: (thread: number) => void;
  log: Logger;
};

/** An update that takes longer than this, ms, is no longer waited for. */
const applyMs = 10_000;
/** Workers that are asked for what they know answer within this, ms, or are left out. */
const askMs = 2_000;
/** After the grace is over, threads may take this long to end, ms. */
const endMs = 2_000;
const minRestartMs = 100;
const maxRestartMs = 5_000;
/** A worker that served this long, ms, did not end for being started. */
const soundAfterMs = 60_000;

/**
 * The worker threads. Each has the port for itself (SO_REUSEPORT), so the kernel spreads connections over them. One that
 * ends loses its own connections and is replaced.
 */
export class WorkerPool implements Workers {
  readonly #options: WorkerPoolOptions;
  readonly #workers = new Map<number, WorkerHandle>();
  /** How long to wait before a thread is started the next time, ms. */
  readonly #delays = new Map<number, number>();
  readonly #stopping = new AbortController();
  #port: number | undefined;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    for (let thread = 2; thread < options.count + 2; thread += 1) this.#start(thread);
  }

  get isListening(): boolean {
    return this.#port !== undefined;
  }

  /** What workers said when they were closed: the last that they counted. */
  #closing: (WorkerAnswer | undefined)[] | undefined;

  /** Where traffic is served, once it is. */
  get port(): number | undefined {
    return this.#port;
  }

  get count(): number {
    return this.#workers.size;
  }

  /** The threads that serve. */
  get handles(): WorkerHandle[] {
    return [...this.#workers.values()];
  }

  async apply(update: ConfigurationUpdate): Promise<void> {
    await this.#all((worker) => worker.perform({ kind: "apply", update }, applyMs));
  }

  async listen(): Promise<void> {
    const { address, log } = this.#options;
    const port = await reserve(address, log);
    await Promise.all(this.handles.map((worker) => this.#listenAt(worker, port)));
    this.#port = port;
  }

  async metrics(): ReturnType<Workers["metrics"]> {
    const answers = await this.#all((worker) => worker.perform({ kind: "metrics" }, askMs));
    return answers.flatMap((answer) => (answer?.kind === "metrics" ? [answer.values] : []));
  }

  async takeWatchCounts(): ReturnType<Workers["takeWatchCounts"]> {
    const answers = await this.#all((worker) => worker.perform({ kind: "take-watch-counts" }, askMs));
    return answers.flatMap((answer) => (answer?.kind === "watch-counts" ? answer.counts : []));
  }

  async takeStatistics(): ReturnType<Workers["takeStatistics"]> {
    const answers = this.#closing ?? (await this.#all((worker) => worker.perform({ kind: "take-statistics" }, askMs)));
    if (this.#closing) this.#closing = [];
    const taken = answers.flatMap((answer) => (answer?.kind === "statistics" ? answer.taken : []));
    return {
      counts: taken.flatMap(({ counts }) => counts),
      changes: taken.flatMap(({ changes }) => changes),
      failures: taken.flatMap(({ failures }) => failures).toSorted((one, other) => one.at.localeCompare(other.at)),
    };
  }

  async takeUsedKeys(): ReturnType<Workers["takeUsedKeys"]> {
    const answers = await this.#all((worker) => worker.perform({ kind: "take-used-keys" }, askMs));
    return answers.flatMap((answer) => (answer?.kind === "used-keys" ? answer.ids : []));
  }

  async findDecision(requestId: string, apiId?: string): ReturnType<Workers["findDecision"]> {
    const records = await this.#decisions({ kind: "find-decision", requestId, apiId });
    const [newest] = records;
    // Clients may send an id again; each worker counts the requests that it has had with it.
    return newest && { ...newest, sameId: records.reduce((sum, { sameId }) => sum + (sameId ?? 1), 0) };
  }

  async recentDecisions(filter: RequestFilter): ReturnType<Workers["recentDecisions"]> {
    return (await this.#decisions({ kind: "recent-decisions", filter })).slice(0, filter.limit);
  }

  async close(graceMs: number): Promise<void> {
    this.#stopping.abort();
    this.#closing = await this.#all((worker) => worker.perform({ kind: "close", graceMs }, graceMs + endMs));
    await Promise.all(this.handles.map((worker) => worker.terminate()));
  }

  async #decisions(task: WorkerTask): Promise<DecisionRecord[]> {
    const answers = await this.#all((worker) => worker.perform(task, askMs));
    const records = answers.flatMap((answer) => (answer?.kind === "decisions" ? answer.records : []));
    return records.toSorted((one, other) => other.at.localeCompare(one.at));
  }

  #start(thread: number): WorkerHandle {
    const { start, count, environment = {} } = this.#options;
    const worker = new WorkerHandle({ ...start, thread, workers: count }, environment);
    const startedAt = performance.now();
    this.#workers.set(thread, worker);
    void worker.ended.then((reason) => {
      if (!this.#stopping.signal.aborted) void this.#replace(thread, reason, performance.now() - startedAt);
    });
    return worker;
  }

  async #replace(thread: number, reason: string, livedMs: number): Promise<void> {
    const { log, onGone, withConfiguration } = this.#options;
    log.error({ worker: thread - 1, reason }, "a worker ended: its connections are lost, another takes its place");
    this.#workers.delete(thread);
    onGone(thread);
    if (livedMs >= soundAfterMs) this.#delays.delete(thread);
    await sleep(this.#nextDelay(thread), undefined, this.#stopping).catch(() => undefined);
    if (this.#stopping.signal.aborted) return;
    await withConfiguration(async (updates) => {
      const worker = this.#start(thread);
      for (const update of updates) await this.#try(worker.perform({ kind: "apply", update }, applyMs));
      if (this.#port !== undefined) await this.#try(this.#listenAt(worker, this.#port));
    });
  }

  #nextDelay(thread: number): number {
    const delayMs = this.#delays.get(thread) ?? minRestartMs;
    this.#delays.set(thread, Math.min(delayMs * 2, maxRestartMs));
    return delayMs;
  }

  async #listenAt(worker: WorkerHandle, port: number): Promise<void> {
    const { host } = this.#options.address;
    await worker.perform({ kind: "listen", address: { host, port, reusePort: true } }, applyMs);
  }

  /** What every worker answers; undefined for one that does not. */
  #all<Answer>(ask: (worker: WorkerHandle) => Promise<Answer>): Promise<(Answer | undefined)[]> {
    return Promise.all(this.handles.map((worker) => this.#try(ask(worker))));
  }

  async #try<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await answer;
    } catch (error) {
      this.#options.log.warn(
        { error: error instanceof Error ? error.message : String(error) },
        "no answer of a worker",
      );
      return undefined;
    }
  }
}

/**
 * Makes sure that nobody else has the port: another process that shares it as we do would get a part of the connections.
 * Returns the port's number.
 */
async function reserve(address: { host: string; port: number }, log: Logger): Promise<number> {
  const server = createServer();
  const port = await listenOn(server, address, "GATEWAY_PORT", log);
  server.close();
  await once(server, "close");
  return port;
}
