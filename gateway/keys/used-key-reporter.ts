import type { Logger } from "pino";

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
  readonly #timer: NodeJS.Timeout;
  readonly #pending = new Set<string>();
  #running: Promise<void> | undefined;

  constructor(options: UsedKeyReporterOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.report(), options.intervalMs ?? usedKeysIntervalMs);
  }

  /** Writes down what there is, one report at a time. */
  report(): Promise<void> {
    this.#running ??= this.#report().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
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
