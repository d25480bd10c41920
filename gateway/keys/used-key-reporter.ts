import type { Logger } from "pino";
import { PeriodicReport } from "../periodic-report.ts";

/** How often the use of keys is written down, ms: one statement a minute, however many requests there were. */
export const usedKeysIntervalMs = 60_000;

/** Keys that are kept while the database is away. */
const mostPending = 100_000;

export type UsedKeyReporterOptions = {
  /** The keys that the workers had since they were last asked. */
  take: () => Promise<readonly string[]>;
  /** Notes that these keys were used just now. */
  record: (keyIds: readonly string[]) => Promise<void>;
  intervalMs?: number;
  log: Logger;
};

/** Writes down which keys are used. While the database is away they add up here. */
export class UsedKeyReporter {
  readonly #options: UsedKeyReporterOptions;
  readonly #periodic: PeriodicReport;
  readonly #pending = new Set<string>();

  constructor(options: UsedKeyReporterOptions) {
    this.#options = options;
    this.#periodic = new PeriodicReport(() => this.#report(), options.intervalMs ?? usedKeysIntervalMs);
  }

  /** Writes down what there is, one report at a time. */
  report(): Promise<void> {
    return this.#periodic.now();
  }

  close(): Promise<void> {
    return this.#periodic.close();
  }

  async #report(): Promise<void> {
    for (const id of await this.#options.take()) if (this.#pending.size < mostPending) this.#pending.add(id);
    const sent = [...this.#pending];
    if (sent.length === 0) return;
    try {
      await this.#options.record(sent);
      this.#pending.clear();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#options.log.warn({ error: reason }, "use of keys not stored; it is kept for the next time");
    }
  }
}
