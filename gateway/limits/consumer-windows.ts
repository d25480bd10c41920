import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { SharedLock } from "../memory/shared-lock.ts";
import { releaseWindow, SlidingWindow, windowBytes } from "./sliding-window.ts";

/** Consumers of one API that are told apart at once; 2.2 MB, of which only what is used takes memory. */
const slotCount = 4_096;
/** A consumer has its place in one of so many slots; the one that was used longest ago makes room. */
const ways = 8;

/** Whole numbers of a slot before its window: 128 bits of the consumer's SHA-256, and when it was used, s. */
const field = { key: 0, usedAt: 4 } as const;
const fieldBytes = 5 * Int32Array.BYTES_PER_ELEMENT;
const slotBytes = fieldBytes + windowBytes;
/** The lock, and nothing else on its line of the cache. */
const headBytes = 64;

/** Most consumers of an API whose place one worker remembers. */
const mostKnown = 1_000;

/** Memory for the consumers of one API, zeros: all threads of a gateway count in the same. */
export function consumerMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(headBytes + slotCount * slotBytes);
}

/** Frees what a thread held that is gone. */
export function releaseConsumers(memory: SharedArrayBuffer, thread: number): void {
  new SharedLock(new Int32Array(memory, 0, 1), 0, 0).releaseOf(thread);
  for (let slot = 0; slot < slotCount; slot += 1) releaseWindow(memory, thread, windowAt(slot));
}

type Place = { key: Int32Array; words: Int32Array<SharedArrayBuffer>; window: SlidingWindow };

/**
 * A window for each consumer that tokens name, of whom nobody has told beforehand. One that comes after thousands of
 * others begins anew.
 */
export class ConsumerWindows {
  readonly #memory: SharedArrayBuffer;
  readonly #thread: number;
  readonly #limit: { requests: number; windowMs: number };
  readonly #lock: SharedLock;
  readonly #known = new LRUCache<string, Place>({ max: mostKnown });

  /** @param thread number of this thread, as locks know it */
  constructor(memory: SharedArrayBuffer, thread: number, limit: { requests: number; windowMs: number }) {
    this.#memory = memory;
    this.#thread = thread;
    this.#limit = limit;
    this.#lock = new SharedLock(new Int32Array(memory, 0, 1), 0, thread);
  }

  /** @param now ms of the clock that all threads share */
  of(consumer: string, now: number): SlidingWindow {
    const seconds = Math.floor(now / 1_000) | 0;
    const known = this.#known.get(consumer);
    if (known && hasKey(known.words, known.key)) {
      known.words[field.usedAt] = seconds;
      return known.window;
    }
    const place = this.#place(keyOf(consumer), seconds);
    this.#known.set(consumer, place);
    return place.window;
  }

  #place(key: Int32Array, seconds: number): Place {
    this.#lock.acquire();
    const first = (((key[0] ?? 0) >>> 0) % (slotCount / ways)) * ways;
    let slot = first;
    let oldest = Number.POSITIVE_INFINITY;
    for (let candidate = first; candidate < first + ways; candidate += 1) {
      const words = this.#wordsOf(candidate);
      const usedAt = hasKey(words, key) ? Number.NEGATIVE_INFINITY : isFree(words) ? -1 : (words[field.usedAt] ?? 0);
      if (usedAt >= oldest) continue;
      oldest = usedAt;
      slot = candidate;
    }
    const words = this.#wordsOf(slot);
    const window = new SlidingWindow(this.#memory, this.#thread, this.#limit, windowAt(slot));
    if (!hasKey(words, key)) {
      words.set(key, field.key);
      window.clear();
    }
    words[field.usedAt] = seconds;
    this.#lock.release();
    return { key, words, window };
  }

  #wordsOf(slot: number): Int32Array<SharedArrayBuffer> {
    return new Int32Array(this.#memory, headBytes + slot * slotBytes, fieldBytes / Int32Array.BYTES_PER_ELEMENT);
  }
}

function windowAt(slot: number): number {
  return headBytes + slot * slotBytes + fieldBytes;
}

/** Never four zeros, by which free slots are known. */
function keyOf(consumer: string): Int32Array {
  const digest = hash("sha256", consumer, "buffer");
  return Int32Array.from([
    digest.readInt32LE(0),
    digest.readInt32LE(4),
    digest.readInt32LE(8),
    digest.readInt32LE(12) | 1,
  ]);
}

function hasKey(words: Int32Array, key: Int32Array): boolean {
  return words[0] === key[0] && words[1] === key[1] && words[2] === key[2] && words[3] === key[3];
}

function isFree(words: Int32Array): boolean {
  return words[3] === 0;
}
