/** What has to happen by a time; `deadlineAt` in ms of {@link Deadlines.now}, infinite while nothing is waited for. */
export type Timed = { deadlineAt: number; onDeadline: () => void };

const tickMs = 20;

/**
 * The deadlines of all connections of a worker. One timer looks at them all every few ms: setting a deadline is writing a
 * number, where a timer of its own for each request would be made and thrown away.
 */
export class Deadlines {
  readonly #timed = new Set<Timed>();
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setInterval(() => this.#look(this.now()), tickMs).unref();
  }

  /** ms of the clock of deadlines: that of timers, whatever clock the rules of endpoints are given. */
  now(): number {
    return performance.now();
  }

  add(timed: Timed): void {
    this.#timed.add(timed);
  }

  delete(timed: Timed): void {
    this.#timed.delete(timed);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(now: number): void {
    for (const timed of this.#timed) {
      if (now < timed.deadlineAt) continue;
      timed.deadlineAt = Number.POSITIVE_INFINITY;
      timed.onDeadline();
    }
  }
}
