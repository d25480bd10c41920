import { SharedLock } from "../memory/shared-lock.ts";

/** Counters of a window, a power of two: their numbers wrap around at 32 bits. One of them is being counted in. */
const ringSize = 128;
/** So many parts a window has: the oldest one counts until all of it has left, so a saturated limit gives 1/127 less. */
const parts = ringSize - 1;
const lockWord = 0;
const lastWord = 1;
const totalWord = 2;
const ringStart = 3;

/** Octets of one window. */
export const windowBytes = (ringStart + ringSize) * Int32Array.BYTES_PER_ELEMENT;

/** Memory of one window, zeros: all threads of a gateway count in the same. */
export function windowMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(windowBytes);
}

/** Frees the lock of a window, which begins at `offset`, if a thread that is gone still holds it. */
export function releaseWindow(memory: SharedArrayBuffer, thread: number, offset = 0): void {
  new SharedLock(wordsAt(memory, offset), lockWord, 0).releaseOf(thread);
}

function wordsAt(memory: SharedArrayBuffer, offset: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(memory, offset, windowBytes / Int32Array.BYTES_PER_ELEMENT);
}

/**
 * At most so many in any window of time: never one more, and for a client that always asks at most 0.8 % less. The same
 * memory goes on with another number, not with another length.
 */
export class SlidingWindow {
  readonly #words: Int32Array<SharedArrayBuffer>;
  readonly #lock: SharedLock;
  readonly #most: number;
  readonly #partMs: number;
  /** No part before this one holds anything: counted is in the present one alone, so it only moves on. */
  #oldest = 0;
  /** How many more there could be after the last {@link take}, and when the oldest one leaves, ms from then. */
  remaining = 0;
  resetMs = 0;

  /**
   * @param thread number of this thread, as locks know it
   * @param offset where the window begins in the memory, octets
   */
  constructor(memory: SharedArrayBuffer, thread: number, limit: { requests: number; windowMs: number }, offset = 0) {
    this.#words = wordsAt(memory, offset);
    this.#lock = new SharedLock(this.#words, lockWord, thread);
    this.#most = limit.requests;
    this.#partMs = limit.windowMs / parts;
  }

  /**
   * Counts one if there is room; whether there was.
   *
   * @param now ms of the clock that all threads share
   */
  take(now: number): boolean {
    const words = this.#words;
    this.#lock.acquire();
    const part = this.#turnTo(now);
    const total = words[totalWord] ?? 0;
    const isTaken = total < this.#most;
    if (isTaken) {
      const place = ringStart + placeOf(part);
      words[place] = (words[place] ?? 0) + 1;
      words[totalWord] = total + 1;
    }
    this.remaining = Math.max(0, this.#most - total - (isTaken ? 1 : 0));
    this.resetMs = this.#oldestLeavesIn(part, now);
    this.#lock.release();
    return isTaken;
  }

  /** Gives back what was taken a moment ago: another limit had no room. */
  giveBack(now: number): void {
    const words = this.#words;
    this.#lock.acquire();
    const place = ringStart + placeOf(this.#turnTo(now));
    const counted = words[place] ?? 0;
    if (counted > 0) {
      words[place] = counted - 1;
      words[totalWord] = (words[totalWord] ?? 1) - 1;
      this.remaining += 1;
    }
    this.#lock.release();
  }

  /** Forgets what was counted: the window is somebody else's from now on. */
  clear(): void {
    this.#lock.acquire();
    this.#words.fill(0, lastWord);
    this.#lock.release();
  }

  /** Empties the parts that have left the window. Returns the number of the present one, in 32 bits. */
  #turnTo(now: number): number {
    const words = this.#words;
    const part = Math.floor(now / this.#partMs) | 0;
    const last = words[lastWord] ?? 0;
    const steps = (part - last) | 0;
    // Another thread may have read the clock a moment later.
    if (steps <= 0 && steps > -parts) return last;
    words[lastWord] = part;
    if (steps < 0 || steps >= ringSize) {
      words.fill(0, totalWord);
      return part;
    }
    for (let step = 1; step <= steps; step += 1) {
      const place = ringStart + placeOf(last + step);
      words[totalWord] = (words[totalWord] ?? 0) - (words[place] ?? 0);
      words[place] = 0;
    }
    return part;
  }

  #oldestLeavesIn(part: number, now: number): number {
    const sincePart = now - Math.floor(now / this.#partMs) * this.#partMs;
    const known = (part - this.#oldest) | 0;
    // Numbers wrap around, and a window may begin anew.
    let age = known >= 0 && known < parts ? known : parts;
    while (age > 0 && (this.#words[ringStart + placeOf(part - age)] ?? 0) === 0) age -= 1;
    this.#oldest = (part - age) | 0;
    const isEmpty = (this.#words[ringStart + placeOf(part - age)] ?? 0) === 0;
    return isEmpty ? 0 : (ringSize - age) * this.#partMs - sincePart;
  }
}

/** Where a part stands in the ring. */
function placeOf(part: number): number {
  return part & (ringSize - 1);
}
