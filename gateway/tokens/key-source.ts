import { type KeySet, KeySetError } from "../../lib/jwt/key-set.ts";

export type KeySourceOptions = {
  fetch: () => Promise<KeySet>;
  /** ms of the monotonic clock. */
  now: () => number;
  /** Told when keys can no longer be had, and when they can again. */
  onFailure: (error: KeySetError) => void;
  onRecovery: () => void;
};

/** Keys older than this are asked for again, in the background. */
const refreshAfterMs = 300_000;
/**
 * How long keys serve on while their issuer is away. A day bridges what is mended on the next morning; longer, and a key
 * that the issuer has withdrawn would be good here for as long as somebody keeps us from hearing of it.
 */
const keepMs = 86_400_000;
/** Nobody is asked again sooner than this: tokens with made-up keys must not have the issuer asked for each of them. */
const coolDownMs = 10_000;

type Held = { keys: KeySet; askedAt: number };

/** The keys of one issuer at one worker: fetched when the first token needs them, one fetch at a time. */
export class KeySource {
  readonly #options: KeySourceOptions;
  #held: Held | undefined;
  #pending: Promise<KeySet> | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  #failure: KeySetError | undefined;

  constructor(options: KeySourceOptions) {
    this.#options = options;
  }

  /** The keys as they are known; undefined: they have to be waited for. Sees to it that they do not grow old. */
  current(): KeySet | undefined {
    const held = this.#held;
    if (!held) return undefined;
    const age = this.#options.now() - held.askedAt;
    if (age >= keepMs) return undefined;
    // A failure is told of by #ask; tokens are checked with the keys that are there.
    if (age >= refreshAfterMs && !this.#isCooling) this.#ask().catch(() => undefined);
    return held.keys;
  }

  /** The keys, waited for if need be. Rejects with a {@link KeySetError}. */
  async load(): Promise<KeySet> {
    const known = this.current();
    if (known) return known;
    if (this.#pending === undefined && this.#isCooling && this.#failure) throw this.#failure;
    return this.#ask();
  }

  /** Other keys than these, if the issuer has published some. Never rejects. */
  async newerThan(keys: KeySet): Promise<KeySet | undefined> {
    const known = this.#held?.keys;
    if (known !== undefined && known !== keys) return known;
    if (this.#pending === undefined && this.#isCooling) return undefined;
    const found = await this.#ask().catch(() => undefined);
    return found === keys ? undefined : found;
  }

  get #isCooling(): boolean {
    return this.#options.now() - this.#askedAt < coolDownMs;
  }

  #ask(): Promise<KeySet> {
    this.#pending ??= this.#fetch().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  async #fetch(): Promise<KeySet> {
    const askedAt = this.#options.now();
    this.#askedAt = askedAt;
    try {
      const fetched = await this.#options.fetch();
      const kept = this.#held?.keys;
      // What was found out with the same keys stays true.
      const keys = kept?.text === fetched.text ? kept : fetched;
      this.#held = { keys, askedAt };
      if (this.#failure) this.#options.onRecovery();
      this.#failure = undefined;
      return keys;
    } catch (cause) {
      const error = cause instanceof KeySetError ? cause : new KeySetError(String(cause), { cause });
      if (!this.#failure) this.#options.onFailure(error);
      this.#failure = error;
      throw error;
    }
  }
}
