/**
 * Work that follows a burst of changes once: it runs when nothing has asked for it for `quietMs`, at the latest `maxMs`
 * after the first that did, and never twice at once.
 */
export class AfterQuiet {
  readonly #work: () => Promise<void>;
  readonly #quietMs: number;
  readonly #maxMs: number;
  #quiet: NodeJS.Timeout | undefined;
  #latest: NodeJS.Timeout | undefined;
  #running = Promise.resolve();

  /** @param work deals with its own failures */
  constructor(work: () => Promise<void>, quietMs: number, maxMs: number) {
    this.#work = work;
    this.#quietMs = quietMs;
    this.#maxMs = maxMs;
  }

  ask(): void {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#run(), this.#quietMs);
    this.#latest ??= setTimeout(() => this.#run(), this.#maxMs);
  }

  /** Does what is still owed. */
  async close(): Promise<void> {
    if (this.#latest) this.#run();
    await this.#running;
  }

  #run(): void {
    clearTimeout(this.#quiet);
    clearTimeout(this.#latest);
    this.#latest = undefined;
    this.#running = this.#running.then(this.#work);
  }
}
