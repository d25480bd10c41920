import type { DecisionTrace } from "./decision-trace.ts";

/**
 * The last requests, found by their id or from the newest on; the oldest make room for new ones. Bounded in number and,
 * because one request may have looked at many endpoints, in bytes.
 */
export class TraceRing {
  readonly #slots: (DecisionTrace | undefined)[];
  readonly #maxBytes: number;
  readonly #newestById = new Map<string, DecisionTrace>();
  #next = 0;
  #length = 0;
  #bytes = 0;

  constructor(maxTraces: number, maxBytes: number) {
    this.#slots = new Array<DecisionTrace | undefined>(maxTraces);
    this.#maxBytes = maxBytes;
  }

  get length(): number {
    return this.#length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The newest request that came with an id. */
  find(requestId: string): DecisionTrace | undefined {
    return this.#newestById.get(requestId);
  }

  add(trace: DecisionTrace): void {
    const capacity = this.#slots.length;
    if (capacity === 0) return;
    if (this.#length === capacity) this.#dropOldest();
    this.#slots[this.#next] = trace;
    this.#next = (this.#next + 1) % capacity;
    this.#length += 1;
    this.#bytes += trace.bytes;
    this.#newestById.set(trace.requestId, trace);
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
    const oldest = this.#slots[place];
    this.#slots[place] = undefined;
    this.#length -= 1;
    if (!oldest) return;
    this.#bytes -= oldest.bytes;
    // A newer request with the same id stays to be found.
    if (this.#newestById.get(oldest.requestId) === oldest) this.#newestById.delete(oldest.requestId);
  }
}
