import {
  type Authorization,
  CredentialsError,
  type EndpointCredentials,
  type Refused,
} from "./endpoint-credentials.ts";
import type { Token } from "./token-request.ts";

export type OAuthOptions = {
  requestToken: () => Promise<Token>;
  /** ms of the monotonic clock. */
  now: () => number;
  /** Told when tokens can no longer be had, and when they can again. */
  onFailure: (error: CredentialsError) => void;
  onRecovery: () => void;
};

/** A token is renewed when this share of its life is left, but at most this long before its end. */
const renewalShare = 0.2;
const longestRenewalMs = 60_000;
/** A token that an endpoint refused this soon after it was made is not the reason, ms. */
const youngMs = 5_000;
/** How long nobody asks again after one failure, and after many, ms. */
const firstBackOffMs = 500;
const longestBackOffMs = 30_000;

type Held = { value: string; madeAt: number; renewAt: number; endsAt: number };

/**
 * A token of an authorization server: fetched when the first request needs it, renewed in the background before it ends,
 * one request for one at a time. While the server is away the token that is there serves to its end.
 */
export class OAuthCredentials implements EndpointCredentials {
  readonly kind = "oauth";
  readonly #options: OAuthOptions;
  #held: Held | undefined;
  #pending: Promise<void> | undefined;
  #failure: { error: CredentialsError; streak: number; until: number } | undefined;

  constructor(options: OAuthOptions) {
    this.#options = options;
  }

  prepare(): Promise<void> | undefined {
    const now = this.#options.now();
    const isBackingOff = this.#failure !== undefined && now < this.#failure.until;
    if (this.#held && now < this.#held.endsAt) {
      // A failure is told of by #fetch; requests go on with the token that is there.
      if (now >= this.#held.renewAt && !isBackingOff) this.#fetch().catch(() => undefined);
      return undefined;
    }
    return isBackingOff && !this.#pending ? Promise.reject(this.#failure?.error) : this.#fetch();
  }

  authorize(): Authorization {
    return this.#held
      ? { kind: "field", name: "Authorization", value: `Bearer ${this.#held.value}` }
      : { kind: "none" };
  }

  async renew({ authorization }: Refused): Promise<boolean> {
    const held = this.#held;
    const wasCurrent = authorization.kind === "field" && authorization.value === `Bearer ${held?.value}`;
    if (held && !wasCurrent) return true; // Another request has renewed it meanwhile.
    if (held && this.#options.now() - held.madeAt < youngMs) return false;
    return this.#fetch().then(
      () => true,
      () => false,
    );
  }

  #fetch(): Promise<void> {
    this.#pending ??= this.#request().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  async #request(): Promise<void> {
    try {
      const { value, lifetimeMs } = await this.#options.requestToken();
      const madeAt = this.#options.now();
      const renewAt = madeAt + lifetimeMs - Math.min(lifetimeMs * renewalShare, longestRenewalMs);
      this.#held = { value, madeAt, renewAt, endsAt: madeAt + lifetimeMs };
      if (this.#failure) this.#options.onRecovery();
      this.#failure = undefined;
    } catch (cause) {
      const error = cause instanceof CredentialsError ? cause : new CredentialsError(String(cause), { cause });
      const streak = (this.#failure?.streak ?? 0) + 1;
      if (streak === 1) this.#options.onFailure(error);
      const backOffMs = Math.min(firstBackOffMs * 2 ** (streak - 1), longestBackOffMs);
      this.#failure = { error, streak, until: this.#options.now() + backOffMs };
      throw error;
    }
  }
}
