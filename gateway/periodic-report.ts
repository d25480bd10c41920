/** Runs a report every so often, one at a time: who asks for one meanwhile gets the one that is under way. */
export class PeriodicReport {
  readonly #run: () => Promise<void>;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | undefined;

  /** @param run never rejects @param intervalMs from one start to the next */
  constructor(run: () => Promise<void>, intervalMs: number) {
    this.#run = run;
    this.#timer = setInterval(() => void this.now(), intervalMs);
  }

  /** One at once, or the end of the one that is under way. */
  now(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Begins no further one, and waits for the one that is under way. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }
}
