import { type DigestChallenge, digestAuthorization, strongestChallenge } from "./digest.ts";
import type { Authorization, AuthorizedRequest, EndpointCredentials, Refused } from "./endpoint-credentials.ts";

/** Most endpoints whose challenges are kept: as many as a group has. */
const maxOrigins = 100;

/**
 * Answers challenges of RFC 7616. The first request to an endpoint goes without and learns the challenge; those after it
 * use its nonce, counting, until the endpoint wants another one.
 */
export class DigestCredentials implements EndpointCredentials {
  readonly kind = "digest";
  readonly #login: { username: string; password: string };
  readonly #newCnonce: () => string;
  readonly #known = new Map<string, { challenge: DigestChallenge; count: number }>();

  constructor(login: { username: string; password: string }, newCnonce: () => string) {
    this.#login = login;
    this.#newCnonce = newCnonce;
  }

  prepare(): undefined {
    return undefined;
  }

  authorize({ origin, ...request }: AuthorizedRequest): Authorization {
    const known = this.#known.get(origin);
    if (!known) return { kind: "none" };
    known.count += 1;
    const use = { cnonce: this.#newCnonce(), count: known.count };
    const value = digestAuthorization(known.challenge, this.#login, request, use);
    return { kind: "field", name: "Authorization", value };
  }

  async renew({ origin, authorization, challenges }: Refused): Promise<boolean> {
    const challenge = strongestChallenge(challenges);
    if (!challenge) return false;
    const before = this.#known.get(origin);
    const [first] = this.#known.keys();
    if (!before && this.#known.size >= maxOrigins && first !== undefined) this.#known.delete(first);
    this.#known.set(origin, { challenge, count: 0 });
    // Answered and refused, and the nonce was not too old: the password is wrong.
    return authorization.kind === "none" || challenge.stale || before?.challenge.nonce !== challenge.nonce;
  }
}
