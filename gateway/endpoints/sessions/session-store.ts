/** Most sessions that a gateway remembers; the oldest go first. */
export const defaultMaxSessions = 1_000_000;

type Binding = {
  readonly key: string;
  endpointId: string;
  expiresAt: number;
  older: Binding | undefined;
  newer: Binding | undefined;
};

/**
 * Sessions that live in the gateway's memory (Client ID, SOAP, backend cookies): key → endpoint, until nobody has used it
 * for the session's timeout. Bounded, the one that was used longest ago going first. Times are ms of a monotonic clock.
 *
 * The order of use is a list of its own. The order of a Map would do, but its deleted entries stay in front until it is
 * rebuilt, and finding the oldest behind a million of them, once for each new client, stops the gateway.
 */
export class SessionStore {
  readonly #bindings = new Map<string, Binding>();
  readonly #maxEntries: number;
  #oldest: Binding | undefined;
  #newest: Binding | undefined;
  #sweepNext: Binding | undefined;

  constructor(maxEntries = defaultMaxSessions) {
    this.#maxEntries = maxEntries;
  }

  get size(): number {
    return this.#bindings.size;
  }

  /** The endpoint bound to a key, whose time starts anew with this use. */
  use(key: string, timeoutMs: number, now: number): string | undefined {
    const binding = this.#bindings.get(key);
    if (!binding) return undefined;
    if (now >= binding.expiresAt) {
      this.#remove(binding);
      return undefined;
    }
    this.#renew(binding, timeoutMs, now);
    return binding.endpointId;
  }

  /** Binds a key to an endpoint, whatever it was bound to, from now on. */
  bind(key: string, endpointId: string, timeoutMs: number, now: number): void {
    const existing = this.#bindings.get(key);
    if (existing) {
      existing.endpointId = endpointId;
      this.#renew(existing, timeoutMs, now);
      return;
    }
    if (this.#oldest && this.#bindings.size >= this.#maxEntries) this.#remove(this.#oldest);
    const binding = { key, endpointId, expiresAt: expiry(now, timeoutMs), older: undefined, newer: undefined };
    this.#bindings.set(key, binding);
    this.#append(binding);
  }

  /**
   * Drops what has expired among the next `limit` bindings; call it every second. Groups have different timeouts, so
   * the expired are not all at the old end: a sweep goes on where the last one stopped, and comes round to everything.
   */
  sweep(now: number, limit = 20_000): void {
    let binding = this.#sweepNext ?? this.#oldest;
    for (let looked = 0; binding && looked < limit; looked += 1) {
      const following: Binding | undefined = binding.newer;
      if (now >= binding.expiresAt) this.#remove(binding);
      binding = following;
    }
    this.#sweepNext = binding;
  }

  #renew(binding: Binding, timeoutMs: number, now: number): void {
    binding.expiresAt = expiry(now, timeoutMs);
    this.#unlink(binding);
    this.#append(binding);
  }

  #remove(binding: Binding): void {
    this.#bindings.delete(binding.key);
    this.#unlink(binding);
  }

  #append(binding: Binding): void {
    binding.older = this.#newest;
    binding.newer = undefined;
    if (this.#newest) this.#newest.newer = binding;
    else this.#oldest = binding;
    this.#newest = binding;
  }

  #unlink(binding: Binding): void {
    if (this.#sweepNext === binding) this.#sweepNext = binding.newer;
    if (binding.older) binding.older.newer = binding.newer;
    else this.#oldest = binding.newer;
    if (binding.newer) binding.newer.older = binding.older;
    else this.#newest = binding.older;
  }
}

/** Whole numbers take less memory. */
function expiry(now: number, timeoutMs: number): number {
  return Math.ceil(now + timeoutMs);
}
