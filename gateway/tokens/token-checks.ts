import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import { fetchKeySet } from "../../lib/jwt/fetch-key-set.ts";
import type { KeySet } from "../../lib/jwt/key-set.ts";
import { maxTokenLength, refusedToken, type TokenVerdict, verifyToken } from "../../lib/jwt/verify-token.ts";
import { endpointTarget } from "../../lib/model/endpoint-target.ts";
import type { JwtSettings } from "../../lib/model/jwt-settings.ts";
import type { SnapshotApi } from "../../lib/model/snapshot.ts";
import type { EndpointTls, EndpointTlsStore } from "../certificates/endpoint-tls.ts";
import { KeySource } from "./key-source.ts";

export type TokenChecksOptions = {
  /** Certificates count for issuers as well. */
  tls: EndpointTlsStore;
  /** ms of the monotonic clock. */
  now: () => number;
  /** ms since the epoch. */
  wallClock: () => number;
  log: Logger;
};

/** Most tokens of a worker whose verdict is kept; beyond, the one that was used longest ago is checked anew. */
const mostTokens = 20_000;
/** Most issuers of a worker whose keys are kept. */
const mostSources = 1_000;

/** What was found out of a token, and with which keys. */
type Known = { keys: KeySet; verdict: TokenVerdict & { kind: "accepted" } };

/** The tokens of all APIs at one worker. Keys and verdicts outlive reloads that do not change how they were found. */
export class TokenChecks {
  readonly #options: TokenChecksOptions;
  readonly #known = new LRUCache<string, Known>({ max: mostTokens });
  readonly #sources = new LRUCache<string, KeySource>({ max: mostSources });
  readonly #tlsNumbers = new WeakMap<EndpointTls, number>();
  #lastTls = 0;

  constructor(options: TokenChecksOptions) {
    this.#options = options;
  }

  /** How the tokens of an API are checked; undefined: it takes none. */
  for(api: SnapshotApi): TokenCheck | undefined {
    const settings = api.runtime?.jwt;
    if (!settings) return undefined;
    const tls = this.#options.tls.for(api.certificates ?? [], endpointTarget(settings.jwksUrl));
    const source = `${settings.jwksUrl} ${this.#numberOf(tls)}`;
    // Another rule, or other certificates of the issuer, and nothing that was found out before counts.
    const policy = hash("sha256", JSON.stringify([settings, source]), "base64");
    return new TokenCheck(
      settings,
      policy,
      this.#sourceOf(source, settings, tls),
      this.#known,
      this.#options.wallClock,
    );
  }

  #sourceOf(name: string, { jwksUrl }: JwtSettings, tls: EndpointTls | undefined): KeySource {
    const kept = this.#sources.get(name);
    if (kept) return kept;
    const { log, now } = this.#options;
    const facts = { issuer: new URL(jwksUrl).origin };
    const made = new KeySource({
      fetch: () => fetchKeySet(jwksUrl, { secureContext: tls?.secureContext }),
      now,
      onFailure: ({ message }) => log.warn({ ...facts, reason: message }, "no keys to check tokens with"),
      onRecovery: () => log.info(facts, "keys to check tokens with can be had again"),
    });
    this.#sources.set(name, made);
    return made;
  }

  #numberOf(tls: EndpointTls | undefined): number {
    if (!tls) return 0;
    const number = this.#tlsNumbers.get(tls) ?? ++this.#lastTls;
    this.#tlsNumbers.set(tls, number);
    return number;
  }
}

/** The tokens of one API. */
export class TokenCheck {
  readonly settings: JwtSettings;
  readonly #policy: string;
  readonly #source: KeySource;
  readonly #known: LRUCache<string, Known>;
  readonly #wallClock: () => number;

  constructor(
    settings: JwtSettings,
    policy: string,
    source: KeySource,
    known: LRUCache<string, Known>,
    wallClock: () => number,
  ) {
    this.settings = settings;
    this.#policy = policy;
    this.#source = source;
    this.#known = known;
    this.#wallClock = wallClock;
  }

  /** At once where the token is known, which is a hash and a look into a table; otherwise when it has been checked. */
  check(token: string): TokenVerdict | Promise<TokenVerdict> {
    if (token.length > maxTokenLength) return refusedToken("too-long");
    const name = `${this.#policy}${hash("sha256", token, "base64")}`;
    const known = this.#known.get(name);
    if (known && known.keys === this.#source.current() && this.#wallClock() < known.verdict.expiresAtMs)
      return known.verdict;
    return this.#verify(token, name);
  }

  async #verify(token: string, name: string): Promise<TokenVerdict> {
    let keys: KeySet;
    try {
      keys = await this.#source.load();
    } catch {
      // Why, the source has told the log, once for all requests that need the keys.
      return refusedToken("keys-unavailable");
    }
    let verdict = await verifyToken(token, this.settings, keys, this.#wallClock());
    if (verdict.kind === "refused" && verdict.refusal.reason === "unknown-key") {
      const newer = await this.#source.newerThan(keys);
      if (newer) {
        keys = newer;
        verdict = await verifyToken(token, this.settings, keys, this.#wallClock());
      }
    }
    if (verdict.kind === "accepted") this.#known.set(name, { keys, verdict });
    return verdict;
  }
}
