import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { LRUCache } from "lru-cache";
import type { EndpointTls } from "../certificates/endpoint-tls.ts";
import type { EndpointRuntime } from "../endpoints/endpoint-runtime.ts";

/** Idle connections kept for one origin. */
const maxFreeSockets = 256;

/** An idle connection is closed after this, ms. Endpoints that say `Keep-Alive: timeout=…` are believed. */
const idleMs = 60_000;

/** Where a name has several addresses, each gets this long before the next one is tried as well, ms. RFC 8305. */
const addressAttemptMs = 1_000;

const shared = { autoSelectFamilyAttemptTimeout: addressAttemptMs, noDelay: true } as const;
const pooled = { ...shared, keepAlive: true, maxFreeSockets, scheduling: "lifo", timeout: idleMs } as const;

/** Most sets of certificates whose connections are kept alive. */
const maxSecured = 1_000;

/** Connections of one kind: those that are kept alive, and those that are of one request alone. */
type Agents = { pooled: HttpAgent; fresh: HttpAgent };

/**
 * The connections to endpoints, kept alive by origin. Reloads leave them alone. Where endpoints have certificates, no
 * connection is shared beyond those with the very same ones; what is left of replaced ones ends when it has been idle.
 */
export class EndpointAgents {
  readonly #plain: Agents = { pooled: new HttpAgent(pooled), fresh: new HttpAgent(shared) };
  readonly #secure: Agents = { pooled: new HttpsAgent(pooled), fresh: new HttpsAgent(shared) };
  readonly #certified = new LRUCache<EndpointTls, Agents>({ max: maxSecured });

  /** @param isFresh whether the connection has to be a new one, of this request alone */
  for(endpoint: EndpointRuntime, isFresh: boolean): HttpAgent {
    const agents = this.#agentsOf(endpoint);
    return isFresh ? agents.fresh : agents.pooled;
  }

  close(): void {
    for (const { pooled, fresh } of [this.#plain, this.#secure, ...this.#certified.values()]) {
      pooled.destroy();
      fresh.destroy();
    }
  }

  #agentsOf({ target, tls }: EndpointRuntime): Agents {
    if (target.protocol === "http:") return this.#plain;
    if (!tls) return this.#secure;
    const existing = this.#certified.get(tls);
    if (existing) return existing;
    const { secureContext } = tls;
    const agents = {
      pooled: new HttpsAgent({ ...pooled, secureContext }),
      fresh: new HttpsAgent({ ...shared, secureContext }),
    };
    this.#certified.set(tls, agents);
    return agents;
  }
}
