import type { EndpointRuntime } from "../endpoints/endpoint-runtime.ts";
import type { Deadlines } from "./deadlines.ts";
import { type LinkUser, UpstreamLink } from "./upstream-link.ts";

/** Most idle connections kept to one endpoint, and how long, ms: shorter than servers usually wait. */
const maxIdlePerEndpoint = 256;
const idleMs = 4_000;

/** The connections of one worker to endpoints: those in use, and idle ones for the next request. */
export class UpstreamPool {
  readonly #deadlines: Deadlines;
  /** Idle connections, the one used last at the end. */
  readonly #idle = new WeakMap<EndpointRuntime, UpstreamLink[]>();
  readonly #links = new Set<UpstreamLink>();

  constructor(deadlines: Deadlines) {
    this.#deadlines = deadlines;
  }

  /** An idle connection to the endpoint, the one used last. */
  take(endpoint: EndpointRuntime): UpstreamLink | undefined {
    const link = this.#idle.get(endpoint)?.pop();
    if (link) link.deadlineAt = Number.POSITIVE_INFINITY;
    return link;
  }

  /** A new connection, which has still to be established. */
  connect(endpoint: EndpointRuntime): UpstreamLink {
    const link = new UpstreamLink(endpoint, this.#onGone);
    this.#deadlines.add(link);
    this.#links.add(link);
    return link;
  }

  /** Keeps a connection whose response has come to its end for the next request. */
  giveBack(link: UpstreamLink): void {
    link.user = undefined;
    link.uses += 1;
    const idle = this.#idle.get(link.endpoint) ?? [];
    if (idle.length >= maxIdlePerEndpoint || link.socket.destroyed) {
      link.destroy();
      return;
    }
    if (idle.length === 0) this.#idle.set(link.endpoint, idle);
    link.deadlineAt = this.#deadlines.in(idleMs);
    idle.push(link);
  }

  /** Who is using a connection to the endpoint. */
  usersOf(endpoint: { readonly id: string }): LinkUser[] {
    return [...this.#links].flatMap(({ endpoint: other, user }) => (other === endpoint && user ? [user] : []));
  }

  close(): void {
    for (const link of [...this.#links]) link.destroy();
  }

  readonly #onGone = (link: UpstreamLink): void => {
    this.#deadlines.delete(link);
    this.#links.delete(link);
    const idle = this.#idle.get(link.endpoint);
    const place = idle?.indexOf(link) ?? -1;
    if (place !== -1) idle?.splice(place, 1);
  };
}
