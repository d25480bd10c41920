import type { Logger } from "pino";

/** Whatever requests are sent to; the same object for as long as it is the same endpoint. */
type RequestedEndpoint = { readonly id: string };

/** Something that is open at an endpoint, and can be ended before its time. */
export type OpenRequest = { onEndpointRemoved: () => void };

/**
 * What is open at which endpoint: requests until the end of their response, tunnels until they are closed. An endpoint
 * that was taken out of its group gets nothing new; what it has may finish, but not for ever: a stream could keep it for
 * days.
 */
export class OpenRequests {
  readonly #log: Logger;
  readonly #open = new WeakMap<RequestedEndpoint, Set<OpenRequest>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Who knows of further requests that are open at an endpoint, without telling of each. */
  #others: (endpoint: RequestedEndpoint) => readonly OpenRequest[] = () => [];

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Something has been opened at an endpoint. */
  begin(endpoint: RequestedEndpoint, request: OpenRequest): void {
    const open = this.#open.get(endpoint);
    if (open) open.add(request);
    else this.#open.set(endpoint, new Set([request]));
  }

  /** It is over; saying so twice changes nothing. */
  over(endpoint: RequestedEndpoint, request: OpenRequest): void {
    this.#open.get(endpoint)?.delete(request);
  }

  /** Asks for what else is open when an endpoint's time is over. */
  alsoAsk(others: (endpoint: RequestedEndpoint) => readonly OpenRequest[]): void {
    this.#others = others;
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
    const open = [...(this.#open.get(endpoint) ?? []), ...this.#others(endpoint)];
    if (open.length === 0) return;
    this.#log.info({ endpoint: endpoint.id, requests: open.length }, "requests ended: their endpoint was removed");
    for (const request of open) request.onEndpointRemoved();
  }
}
