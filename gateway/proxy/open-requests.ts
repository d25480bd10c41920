import type { Logger } from "pino";

/** Whatever requests are sent to; the same object for as long as it is the same endpoint. */
type RequestedEndpoint = { readonly id: string };

/**
 * What is open at which endpoint: requests until the end of their response, tunnels until they are closed. An endpoint
 * that was taken out of its group gets nothing new; what it has may finish, but not for ever: a stream could keep it for
 * days.
 */
export class OpenRequests {
  readonly #log: Logger;
  readonly #ends = new WeakMap<RequestedEndpoint, Set<() => void>>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /**
   * Something has been opened at an endpoint.
   *
   * @param end ends it before its time
   * @returns to be called when it is over
   */
  begin(endpoint: RequestedEndpoint, end: () => void): () => void {
    let ends = this.#ends.get(endpoint);
    if (!ends) {
      ends = new Set();
      this.#ends.set(endpoint, ends);
    }
    const open = ends;
    open.add(end);
    return () => open.delete(end);
  }

  /** Gives what is open at endpoints so much time to finish, then ends it. */
  endAfter(endpoints: readonly RequestedEndpoint[], ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      for (const endpoint of endpoints) this.#endAll(endpoint);
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #endAll(endpoint: RequestedEndpoint): void {
    const ends = [...(this.#ends.get(endpoint) ?? [])];
    if (ends.length === 0) return;
    this.#log.info({ endpoint: endpoint.id, requests: ends.length }, "requests ended: their endpoint was removed");
    for (const end of ends) end();
  }
}
