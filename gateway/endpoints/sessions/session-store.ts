/** Most sessions that a gateway remembers; the oldest go first. */
export const defaultMaxSessions = 1_000_000;

type Binding = { endpointId: string; expiresAt: number };

/**
 * Sessions that live in the gateway's memory (Client ID, SOAP, backend cookies): key → endpoint, until nobody has used it
 * for the session's timeout. Bounded, the one that was used longest ago going first. Times are ms of a monotonic clock.
 */
export class SessionStore {
  /** In order of last use: every use puts a binding at the end. */
  readonly #bindings = new Map<string, Binding>();
  readonly #maxEntries: number;
  #sweeping: Iterator<[string, Binding]> | undefined;

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
    this.#bindings.delete(key);
    if (now >= binding.expiresAt) return undefined;
    binding.expiresAt = expiry(now, timeoutMs);
    this.#bindings.set(key, binding);
    return binding.endpointId;
  }

  /** Binds a key to an endpoint, whatever it was bound to, from now on. */
  bind(key: string, endpointId: string, timeoutMs: number, now: number): void {
    this.#bindings.delete(key);
    this.#bindings.set(key, { endpointId, expiresAt: expiry(now, timeoutMs) });
    if (this.#bindings.size <= this.#maxEntries) return;
    const oldest = this.#bindings.keys().next();
    if (!oldest.done) this.#bindings.delete(oldest.value);
  }

  /**
   * Drops what has expired among the next `limit` bindings; call it every second. Groups have different timeouts, so
   * the expired are not all at the front: a sweep goes on where the last one stopped, and comes round to everything.
   */
  sweep(now: number, limit = 20_000): void {
    this.#sweeping ??= this.#bindings.entries();
    for (let looked = 0; looked < limit; looked += 1) {
      const next = this.#sweeping.next();
      if (next.done) {
        this.#sweeping = undefined;
        return;
      }
      const [key, binding] = next.value;
      if (now >= binding.expiresAt) this.#bindings.delete(key);
    }
  }
}

/** Whole numbers take less memory. */
function expiry(now: number, timeoutMs: number): number {
  return Math.ceil(now + timeoutMs);
}
