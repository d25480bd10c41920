import type { Logger } from "pino";
import { addWatchCount, type WatchCount } from "../../lib/model/watch-count.ts";
import { PeriodicReport } from "../periodic-report.ts";

/** How often counts are written down, ms: a guard acts as quickly as it hears of failures. */
export const watchReportIntervalMs = 2_000;

/** Revisions whose counts are kept while the database is away. */
const mostPending = 20_000;

export type WatchReporterOptions = {
  /** What the workers have counted since they were last asked. */
  take: () => Promise<readonly WatchCount[]>;
  /** Adds counts to what is stored. */
  record: (counts: readonly WatchCount[]) => Promise<void>;
  intervalMs?: number;
  log: Logger;
};

/** Writes down what the workers count of guarded APIs. While the database is away counts add up here. */
export class WatchReporter {
  readonly #options: WatchReporterOptions;
  readonly #periodic: PeriodicReport;
  readonly #pending = new Map<string, WatchCount>();

  constructor(options: WatchReporterOptions) {
    this.#options = options;
    this.#periodic = new PeriodicReport(() => this.#report(), options.intervalMs ?? watchReportIntervalMs);
  }

  /** Writes down what there is, one report at a time. */
  report(): Promise<void> {
    return this.#periodic.now();
  }

  close(): Promise<void> {
    return this.#periodic.close();
  }

  async #report(): Promise<void> {
    for (const count of await this.#options.take()) this.#add(count);
    const sent = [...this.#pending.values()];
    if (sent.length === 0) return;
    this.#pending.clear();
    try {
      await this.#options.record(sent);
    } catch (error) {
      for (const count of sent) this.#add(count);
      const reason = error instanceof Error ? error.message : String(error);
      this.#options.log.warn({ error: reason }, "counts of guarded APIs not stored; they are kept for the next time");
    }
  }

  #add(count: WatchCount): void {
    const key = `${count.apiId} ${count.revision}`;
    const sum = this.#pending.get(key);
    if (sum) addWatchCount(sum, count);
    else if (this.#pending.size < mostPending) this.#pending.set(key, count);
  }
}
