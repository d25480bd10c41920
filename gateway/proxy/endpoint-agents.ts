import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";

/** Idle connections kept for one origin. */
const maxFreeSockets = 256;

/** An idle connection is closed after this, ms. Endpoints that say `Keep-Alive: timeout=…` are believed. */
const idleMs = 60_000;

/** Where a name has several addresses, each gets this long before the next one is tried as well, ms. RFC 8305. */
const addressAttemptMs = 1_000;

const shared = { autoSelectFamilyAttemptTimeout: addressAttemptMs, noDelay: true } as const;
const pooled = { ...shared, keepAlive: true, maxFreeSockets, scheduling: "lifo", timeout: idleMs } as const;

/** The connections to endpoints, kept alive by origin. Reloads leave them alone. */
export class EndpointAgents {
  readonly #pooled = { "http:": new HttpAgent(pooled), "https:": new HttpsAgent(pooled) };
  readonly #fresh = { "http:": new HttpAgent(shared), "https:": new HttpsAgent(shared) };

  /** @param isFresh whether the connection has to be a new one, of this request alone */
  for(protocol: "http:" | "https:", isFresh: boolean): HttpAgent {
    return isFresh ? this.#fresh[protocol] : this.#pooled[protocol];
  }

  close(): void {
    for (const agents of [this.#pooled, this.#fresh]) for (const agent of Object.values(agents)) agent.destroy();
  }
}
