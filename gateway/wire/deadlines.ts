/** What has to happen by a time; `deadlineAt` as {@link Deadlines.in} tells it, infinite while nothing is waited for. */
export type Timed = { deadlineAt: number; onDeadline: () => void };

const tickMs = 20;

/**
 * The deadlines of all connections of a worker. One timer looks at them all every few ms: setting a deadline is writing a
 * number, where a timer of its own for each request would be made and thrown away.
 */
export class Deadlines {
  readonly #timed = new Set<Timed>();
  readonly #timer: NodeJS.Timeout;
  #lookedAt = performance.now();

  constructor() {
    this.#timer = setInterval(() => this.#look(), tickMs).unref();
  }

  /** ms of the clock of deadlines, as of the last look: that of timers, whatever clock the rules of endpoints are given. */
  get now(): number {
    return this.#lookedAt;
  }

  /** The time that comes after so many ms, never sooner: the last look is a tick ago at most. */
  in(ms: number): number {
    return this.#lookedAt + tickMs + ms;
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

  #look(): void {
    const now = performance.now();
    this.#lookedAt = now;
    for (const timed of this.#timed) {
      if (now < timed.deadlineAt) continue;
      timed.deadlineAt = Number.POSITIVE_INFINITY;
      timed.onDeadline();
    }
  }
}
