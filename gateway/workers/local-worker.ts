import { TrafficWorker, type TrafficWorkerOptions } from "./traffic-worker.ts";
import type { Workers } from "./workers.ts";

/** One worker on the deciding thread itself: tests can look into it, and give it a clock of theirs. */
export class LocalWorker implements Workers {
  readonly worker: TrafficWorker;
  readonly #address: { host: string; port: number };

  constructor(address: { host: string; port: number }, options: Omit<TrafficWorkerOptions, "thread" | "workers">) {
    this.worker = new TrafficWorker({ ...options, thread: 2, workers: 1 });
    this.#address = address;
  }

  get isListening(): boolean {
    return this.worker.server.listening;
  }

  readonly count = 1;

  apply: Workers["apply"] = async (update) => this.worker.apply(update);

  listen: Workers["listen"] = async () => {
    await this.worker.listen({ ...this.#address, reusePort: false });
  };

  metrics: Workers["metrics"] = async () => [this.worker.metrics.values()];

  takeWatchCounts: Workers["takeWatchCounts"] = async () => this.worker.metrics.watched.take();

  takeStatistics: Workers["takeStatistics"] = async () => this.worker.takeStatistics();
  takeUsedKeys: Workers["takeUsedKeys"] = async () => this.worker.metrics.usedKeys.take();

  findDecision: Workers["findDecision"] = async (requestId, apiId) => this.worker.decisions.find(requestId, apiId);

  recentDecisions: Workers["recentDecisions"] = async (filter) => this.worker.decisions.recent(filter);

  close: Workers["close"] = (graceMs) => this.worker.close(graceMs);
}
