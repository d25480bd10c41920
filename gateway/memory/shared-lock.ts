/** Set by a thread that sleeps until the lock is free; the rest of the word is the owner. */
const contended = 0x4000_0000;
const ownerMask = contended - 1;
/** What the lock guards takes about a microsecond: a short wait is cheaper than going to sleep. */
const maxSpins = 200;
/** A sleeper looks again after this, ms, should it have missed the end. */
const sleepMs = 5;

/**
 * A lock in one word of shared memory. 0 is free; otherwise the word says which thread holds it, so that what a thread
 * held when it died can be released. Not reentrant. What it guards must neither wait nor throw half-way.
 */
export class SharedLock {
  readonly #words: Int32Array<SharedArrayBuffer>;
  readonly #index: number;
  readonly #owner: number;

  /** @param owner number of this thread, from 1 on */
  constructor(words: Int32Array<SharedArrayBuffer>, index: number, owner: number) {
    this.#words = words;
    this.#index = index;
    this.#owner = owner;
  }

  acquire(): void {
    if (Atomics.compareExchange(this.#words, this.#index, 0, this.#owner) !== 0) this.#wait();
  }

  release(): void {
    const held = Atomics.exchange(this.#words, this.#index, 0);
    if ((held & contended) !== 0) Atomics.notify(this.#words, this.#index, 1);
  }

  /** Frees the lock if a thread that is gone still holds it; whether it did. */
  releaseOf(owner: number): boolean {
    const held = Atomics.load(this.#words, this.#index);
    if ((held & ownerMask) !== owner) return false;
    this.release();
    return true;
  }

  #wait(): void {
    const words = this.#words;
    const index = this.#index;
    for (let spins = 0; ; spins += 1) {
      const held = Atomics.load(words, index);
      if (held === 0) {
        // Others may sleep as well, so whoever has slept wakes the next one.
        const mine = spins < maxSpins ? this.#owner : this.#owner | contended;
        if (Atomics.compareExchange(words, index, 0, mine) === 0) return;
      } else if (spins >= maxSpins) {
        const marked = held | contended;
        if (held !== marked && Atomics.compareExchange(words, index, held, marked) !== held) continue;
        Atomics.wait(words, index, marked, sleepMs);
      }
    }
  }
}
