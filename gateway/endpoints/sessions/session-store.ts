import { hash } from "node:crypto";
import { SharedLock } from "../../memory/shared-lock.ts";

/** Most sessions that a gateway remembers; the oldest go first. */
export const defaultMaxSessions = 1_000_000;

/** Whole numbers at the beginning of the memory. Entries are numbered from 1 on; 0 is none. */
const head = { lock: 0, size: 1, oldest: 2, newest: 3, free: 4, unused: 5, sweepNext: 6, maxEntries: 7 } as const;
const headInts = 16;

/** Whole numbers of one entry: 128 bits of the key's SHA-256, and its places in chain and order of use. */
const field = { key: 0, next: 4, older: 5, newer: 6 } as const;
const entryInts = 8;
/** Floating-point numbers of one entry. */
const expiresAt = 0;
const endpoint = 1;
const entryFloats = 2;

/**
 * Sessions that live in the gateway's memory (Client ID, SOAP, backend cookies): key → endpoint, until nobody has used it
 * for the session's timeout. All threads share them. Bounded, the one that was used longest ago going first. Times are ms
 * of a monotonic clock; endpoints stand as their tags, keys as 128 bits of their SHA-256.
 *
 * A hash table with chains and a list in the order of use, in one piece of shared memory: 56 MB for a million sessions,
 * touched only as far as it is used, and never anything for the garbage collector to look at.
 */
export class SessionStore {
  readonly memory: SharedArrayBuffer;
  readonly #lock: SharedLock;
  readonly #head: Int32Array<SharedArrayBuffer>;
  readonly #buckets: Int32Array<SharedArrayBuffer>;
  readonly #entries: Int32Array<SharedArrayBuffer>;
  readonly #numbers: Float64Array<SharedArrayBuffer>;

  private constructor(memory: SharedArrayBuffer, maxEntries: number, thread: number) {
    const buckets = bucketCount(maxEntries);
    this.memory = memory;
    this.#numbers = new Float64Array(memory, 0, (maxEntries + 1) * entryFloats);
    const entriesAt = this.#numbers.byteLength;
    this.#entries = new Int32Array(memory, entriesAt, (maxEntries + 1) * entryInts);
    this.#buckets = new Int32Array(memory, entriesAt + this.#entries.byteLength, buckets);
    this.#head = new Int32Array(memory, memory.byteLength - headInts * 4, headInts);
    this.#lock = new SharedLock(this.#head, head.lock, thread);
  }

  static create(maxEntries = defaultMaxSessions, thread = 1): SessionStore {
    const perEntry = entryInts * 4 + entryFloats * 8;
    const bytes = (maxEntries + 1) * perEntry + bucketCount(maxEntries) * 4 + headInts * 4;
    const memory = new SharedArrayBuffer(bytes);
    new Int32Array(memory, bytes - headInts * 4, headInts)[head.maxEntries] = maxEntries;
    return new SessionStore(memory, maxEntries, thread);
  }

  /** The sessions that another thread has made. */
  static attach(memory: SharedArrayBuffer, thread: number): SessionStore {
    const maxEntries = new Int32Array(memory, memory.byteLength - headInts * 4, headInts)[head.maxEntries] ?? 0;
    return new SessionStore(memory, maxEntries, thread);
  }

  get size(): number {
    return this.#get("size");
  }

  /** The tag of the endpoint bound to a key, whose time starts anew with this use. */
  use(key: string, timeoutMs: number, now: number): number | undefined {
    const words = keyWords(key);
    return this.#locked(() => this.#use(words, timeoutMs, now));
  }

  /** Binds a key to an endpoint, whatever it was bound to, from now on. */
  bind(key: string, endpointTag: number, timeoutMs: number, now: number): void {
    const words = keyWords(key);
    this.#locked(() => this.#bind(words, endpointTag, timeoutMs, now));
  }

  /**
   * Binds a key to what `choose` makes of what it is bound to, as one step for all threads; undefined leaves it as it is.
   * `choose` must neither wait nor come back to the store.
   */
  bindFirst(
    key: string,
    timeoutMs: number,
    now: number,
    choose: (bound: number | undefined) => number | undefined,
  ): void {
    const words = keyWords(key);
    this.#locked(() => {
      const chosen = choose(this.#use(words, timeoutMs, now));
      if (chosen !== undefined) this.#bind(words, chosen, timeoutMs, now);
    });
  }

  /**
   * Drops what has expired among the next `limit` sessions; call it every second. Groups have different timeouts, so
   * the expired are not all at the old end: a sweep goes on where the last one stopped, and comes round to everything.
   */
  sweep(now: number, limit = 20_000): void {
    this.#locked(() => {
      let entry = this.#get("sweepNext") || this.#get("oldest");
      for (let looked = 0; entry !== 0 && looked < limit; looked += 1) {
        const following = this.#link(entry, "newer");
        if (now >= this.#number(entry, expiresAt)) this.#remove(entry);
        entry = following;
      }
      this.#set("sweepNext", entry);
    });
  }

  /** Frees what a thread held that is gone. It may have left the order half-changed: then all sessions begin anew. */
  releaseThread(thread: number): void {
    if (this.#lock.releaseOf(thread)) this.#locked(() => this.#clear());
  }

  #use(words: Int32Array, timeoutMs: number, now: number): number | undefined {
    const entry = this.#find(words);
    if (entry === 0) return undefined;
    if (now >= this.#number(entry, expiresAt)) {
      this.#remove(entry);
      return undefined;
    }
    this.#renew(entry, timeoutMs, now);
    return this.#number(entry, endpoint);
  }

  #bind(words: Int32Array, endpointTag: number, timeoutMs: number, now: number): void {
    let entry = this.#find(words);
    if (entry === 0) {
      if (this.size >= this.#get("maxEntries")) this.#remove(this.#get("oldest"));
      entry = this.#take();
      this.#entries.set(words, entry * entryInts + field.key);
      const bucket = this.#bucketOf(words[0] ?? 0);
      this.#setLink(entry, "next", this.#buckets[bucket] ?? 0);
      this.#buckets[bucket] = entry;
      this.#set("size", this.size + 1);
      this.#append(entry);
    }
    this.#numbers[entry * entryFloats + endpoint] = endpointTag;
    this.#renew(entry, timeoutMs, now);
  }

  #find(words: Int32Array): number {
    let entry = this.#buckets[this.#bucketOf(words[0] ?? 0)] ?? 0;
    while (entry !== 0 && !this.#hasKey(entry, words)) entry = this.#link(entry, "next");
    return entry;
  }

  #hasKey(entry: number, words: Int32Array): boolean {
    const at = entry * entryInts + field.key;
    return (
      this.#entries[at] === words[0] &&
      this.#entries[at + 1] === words[1] &&
      this.#entries[at + 2] === words[2] &&
      this.#entries[at + 3] === words[3]
    );
  }

  /** An entry that is in no use. */
  #take(): number {
    const free = this.#get("free");
    if (free !== 0) {
      this.#set("free", this.#link(free, "next"));
      return free;
    }
    this.#set("unused", this.#get("unused") + 1);
    return this.#get("unused");
  }

  #remove(entry: number): void {
    if (entry === 0) return;
    const bucket = this.#bucketOf(this.#entries[entry * entryInts + field.key] ?? 0);
    const following = this.#link(entry, "next");
    let before = this.#buckets[bucket] ?? 0;
    if (before === entry) this.#buckets[bucket] = following;
    else {
      while (before !== 0 && this.#link(before, "next") !== entry) before = this.#link(before, "next");
      if (before !== 0) this.#setLink(before, "next", following);
    }
    this.#unlink(entry);
    this.#setLink(entry, "next", this.#get("free"));
    this.#set("free", entry);
    this.#set("size", this.size - 1);
  }

  #renew(entry: number, timeoutMs: number, now: number): void {
    this.#numbers[entry * entryFloats + expiresAt] = now + timeoutMs;
    if (this.#get("newest") === entry) return;
    this.#unlink(entry);
    this.#append(entry);
  }

  #append(entry: number): void {
    const newest = this.#get("newest");
    this.#setLink(entry, "older", newest);
    this.#setLink(entry, "newer", 0);
    if (newest === 0) this.#set("oldest", entry);
    else this.#setLink(newest, "newer", entry);
    this.#set("newest", entry);
  }

  #unlink(entry: number): void {
    const older = this.#link(entry, "older");
    const newer = this.#link(entry, "newer");
    if (this.#get("sweepNext") === entry) this.#set("sweepNext", newer);
    if (older === 0) this.#set("oldest", newer);
    else this.#setLink(older, "newer", newer);
    if (newer === 0) this.#set("newest", older);
    else this.#setLink(newer, "older", older);
  }

  #clear(): void {
    this.#buckets.fill(0);
    for (const name of ["size", "oldest", "newest", "free", "unused", "sweepNext"] as const) this.#set(name, 0);
  }

  #bucketOf(word: number): number {
    return word & (this.#buckets.length - 1);
  }

  #get(name: keyof typeof head): number {
    return this.#head[head[name]] ?? 0;
  }

  #set(name: keyof typeof head, value: number): void {
    this.#head[head[name]] = value;
  }

  #link(entry: number, name: "next" | "older" | "newer"): number {
    return this.#entries[entry * entryInts + field[name]] ?? 0;
  }

  #setLink(entry: number, name: "next" | "older" | "newer", value: number): void {
    this.#entries[entry * entryInts + field[name]] = value;
  }

  #number(entry: number, at: number): number {
    return this.#numbers[entry * entryFloats + at] ?? 0;
  }

  #locked<Value>(change: () => Value): Value {
    this.#lock.acquire();
    try {
      return change();
    } finally {
      this.#lock.release();
    }
  }
}

/** A power of two, twice the entries at most: chains stay short. */
function bucketCount(maxEntries: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, maxEntries)));
}

function keyWords(key: string): Int32Array {
  const digest = hash("sha256", key, "buffer");
  return Int32Array.of(digest.readInt32LE(0), digest.readInt32LE(4), digest.readInt32LE(8), digest.readInt32LE(12));
}
