import type { DecisionTrace } from "./decision-trace.ts";

/**
 * The last requests; the oldest make room for new ones. Bounded in number and, because one request may have looked at
 * many endpoints, in bytes. There is no index by id: keeping one would cost every request more than all else that is
 * noted of it, and somebody who looks one up has time for a walk.
 */
export class TraceRing {
  readonly #slots: (DecisionTrace | undefined)[];
  /** What each took when it came: what belongs to a request may still be noted after its end. */
  readonly #slotBytes: Uint32Array;
  readonly #maxBytes: number;
  #next = 0;
  #length = 0;
  #bytes = 0;

  constructor(maxTraces: number, maxBytes: number) {
    this.#slots = new Array<DecisionTrace | undefined>(maxTraces);
    this.#slotBytes = new Uint32Array(maxTraces);
    this.#maxBytes = maxBytes;
  }

  get length(): number {
    return this.#length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(trace: DecisionTrace): void {
    const capacity = this.#slots.length;
    if (capacity === 0) return;
    if (this.#length === capacity) this.#dropOldest();
    const { bytes } = trace;
    this.#slots[this.#next] = trace;
    this.#slotBytes[this.#next] = bytes;
    this.#next = (this.#next + 1) % capacity;
    this.#length += 1;
    this.#bytes += bytes;
    while (this.#bytes > this.#maxBytes && this.#length > 1) this.#dropOldest();
  }

  /** From the newest to the oldest. */
  *newestFirst(): Generator<DecisionTrace> {
    const capacity = this.#slots.length;
    for (let age = 1; age <= this.#length; age += 1) {
      const trace = this.#slots[(this.#next - age + capacity) % capacity];
      if (trace) yield trace;
    }
  }

  #dropOldest(): void {
    const place = (this.#next - this.#length + this.#slots.length) % this.#slots.length;
    this.#slots[place] = undefined;
    this.#length -= 1;
    this.#bytes -= this.#slotBytes[place] ?? 0;
  }
}
