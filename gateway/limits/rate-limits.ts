import type { LimitLevel } from "../../lib/model/decision-record.ts";
import { operationKey } from "../../lib/model/operation.ts";
import type { RateLimit, SnapshotApi, SnapshotOperation } from "../../lib/model/snapshot.ts";
import { ConsumerWindows } from "./consumer-windows.ts";
import type { LimitMemory } from "./limit-ledger.ts";
import { SlidingWindow } from "./sliding-window.ts";

/** What limits say of a request. */
export type LimitVerdict = {
  /** Which limit has no room; undefined: there was some everywhere, and the request is counted. */
  exceeded: LimitLevel | undefined;
  /** Its tier. */
  tier: string;
  /** Whether the request goes on all the same: limits are only observed. */
  isObserved: boolean;
  /** Seconds until there may be room. */
  retryAfterSeconds: number;
  /** RateLimit-Policy and RateLimit for the answer, as a flat list. Source: draft-ietf-httpapi-ratelimit-headers-10. */
  fields: readonly string[];
};

type LimitName = { level: LimitLevel; tier: string; item: string; policy: string };
type Limit = LimitName & {
  window: SlidingWindow;
  /** The policies of itself and of those that applied with it last: for a key and an operation they are the same. */
  joined?: { second: Limit | undefined; third: Limit | undefined; policies: string };
};

/** Who calls: by the key they came with, or as their token names them. */
export type Caller = { keyId: string | undefined; consumer: string | undefined };

/** The limits of an API, prepared for requests. */
export class RateLimits {
  readonly #api: Limit | undefined;
  readonly #keys = new Map<string, Limit>();
  /** By the operation itself, which requests are led to. */
  readonly #operations = new Map<SnapshotOperation, Limit>();
  readonly #consumers: { name: LimitName; windows: ConsumerWindows } | undefined;
  readonly #isObserved: boolean;

  /** Undefined where nothing of the API is limited. */
  static of(api: SnapshotApi, memory: LimitMemory | undefined, thread: number): RateLimits | undefined {
    return memory && new RateLimits(api, memory, thread);
  }

  private constructor(api: SnapshotApi, memory: LimitMemory, thread: number) {
    this.#isObserved = api.runtime?.observeRateLimits ?? false;
    if (api.rateLimit && memory.api) this.#api = limitOf("api", api.rateLimit, memory.api, thread);
    for (const { id, rateLimit } of api.keys) {
      const place = memory.keys[id];
      if (rateLimit && place) this.#keys.set(id, limitOf("key", rateLimit, place, thread));
    }
    if (api.consumerRateLimit && memory.consumers) {
      const windows = new ConsumerWindows(memory.consumers, thread, api.consumerRateLimit);
      this.#consumers = { name: nameOf("consumer", api.consumerRateLimit), windows };
    }
    for (const operation of api.operations ?? []) {
      const place = operation.rateLimit && memory.operations[operationKey(operation)];
      if (!operation.rateLimit || !place) continue;
      this.#operations.set(operation, limitOf("operation", operation.rateLimit, place, thread));
    }
  }

  /**
   * Counts a request where every limit has room for it, and nowhere else. Undefined: none applies to it.
   *
   * @param now ms of the monotonic clock
   * @param operation which one it is of the API's
   */
  check(caller: Caller, now: number, operation?: SnapshotOperation): LimitVerdict | undefined {
    const key = this.#ofCaller(caller, now);
    const own = operation && this.#operations.get(operation);
    // The narrowest first: who is beyond a limit of their own takes nothing from the others.
    const [first, second, third] = applying(key, own, this.#api);
    if (!first) return undefined;
    if (!first.window.take(now)) return this.#verdict(first, undefined, undefined, first);
    if (!second) return this.#verdict(first, undefined, undefined, undefined);
    if (!second.window.take(now)) {
      first.window.giveBack(now);
      return this.#verdict(first, second, undefined, second);
    }
    if (!third || third.window.take(now)) return this.#verdict(first, second, third, undefined);
    first.window.giveBack(now);
    second.window.giveBack(now);
    return this.#verdict(first, second, third, third);
  }

  #ofCaller({ keyId, consumer }: Caller, now: number): Limit | undefined {
    if (keyId !== undefined) return this.#keys.get(keyId);
    if (consumer === undefined || !this.#consumers) return undefined;
    const { name, windows } = this.#consumers;
    return { ...name, window: windows.of(consumer, now) };
  }

  #verdict(
    first: Limit,
    second: Limit | undefined,
    third: Limit | undefined,
    exceeded: Limit | undefined,
  ): LimitVerdict {
    return {
      exceeded: exceeded?.level,
      tier: (exceeded ?? first).tier,
      isObserved: this.#isObserved,
      retryAfterSeconds: secondsUntilReset(exceeded ?? first),
      fields: ["RateLimit-Policy", policiesOf(first, second, third), "RateLimit", itemsOf(first, second, third)],
    };
  }
}

type Applying = readonly [first?: Limit, second?: Limit, third?: Limit];

/** Those that are there, in their order. */
function applying(key: Limit | undefined, operation: Limit | undefined, api: Limit | undefined): Applying {
  if (!operation) return key ? (api ? [key, api] : [key]) : api ? [api] : [];
  if (!key) return api ? [operation, api] : [operation];
  return api ? [key, operation, api] : [key, operation];
}

function limitOf(level: LimitLevel, limit: RateLimit, memory: SharedArrayBuffer, thread: number): Limit {
  return { ...nameOf(level, limit), window: new SlidingWindow(memory, thread, limit) };
}

function nameOf(level: LimitLevel, limit: RateLimit): LimitName {
  // Names have letters, digits, - and _ alone: nothing in them has to be escaped.
  const item = `"${level}-${limit.tier}"`;
  const policy = `${item};q=${limit.requests};w=${Math.round(limit.windowMs / 1_000)}`;
  return { level, tier: limit.tier, item, policy };
}

function policiesOf(first: Limit, second: Limit | undefined, third: Limit | undefined): string {
  if (first.joined?.second !== second || first.joined?.third !== third || !first.joined) {
    const limits = [first, second, third].flatMap((limit) => limit ?? []);
    first.joined = { second, third, policies: limits.map(({ policy }) => policy).join(", ") };
  }
  return first.joined.policies;
}

function itemsOf(first: Limit, second: Limit | undefined, third: Limit | undefined): string {
  if (!second) return itemOf(first);
  return third ? `${itemOf(first)}, ${itemOf(second)}, ${itemOf(third)}` : `${itemOf(first)}, ${itemOf(second)}`;
}

function itemOf(limit: Limit): string {
  return `${limit.item};r=${limit.window.remaining};t=${secondsUntilReset(limit)}`;
}

function secondsUntilReset({ window }: Limit): number {
  return Math.max(1, Math.ceil(window.resetMs / 1_000));
}
