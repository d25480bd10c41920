/** Most sessions that a gateway remembers; the oldest go first. */
export const defaultMaxSessions = 1_000_000;

type Binding = { endpointId: string; expiresAt: number };

/**
 * Sessions that live in the gateway's memory (Client ID, SOAP, backend cookies): key → endpoint, until nobody has used it
 * for the session's timeout. Bounded; times are ms of a monotonic clock.
 */
export class SessionStore {
  readonly #bindings = new Map<string, Binding>();
  readonly #maxEntries: number;

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
    // Reinsertion keeps the map in order of last use, so the first entry is always the oldest.
    binding.expiresAt = now + timeoutMs;
    this.#bindings.set(key, binding);
    return binding.endpointId;
  }

  bind(key: string, endpointId: string, timeoutMs: number, now: number): void {
    this.#bindings.delete(key);
    this.#bindings.set(key, { endpointId, expiresAt: now + timeoutMs });
    if (this.#bindings.size <= this.#maxEntries) return;
    const [oldest] = this.#bindings.keys();
    if (oldest !== undefined) this.#bindings.delete(oldest);
  }

  /** Drops what has expired among the oldest `limit` entries; called now and then. */
  sweep(now: number, limit = 10_000): void {
    let looked = 0;
    for (const [key, binding] of this.#bindings) {
      if (looked >= limit) return;
      looked += 1;
      if (now >= binding.expiresAt) this.#bindings.delete(key);
    }
  }
}
