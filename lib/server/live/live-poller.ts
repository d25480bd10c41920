import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { ApiLive } from "../../model/api-live.ts";
import { log } from "../log.ts";
import type { Ownership } from "../permission/require-permission.ts";
import { type LiveSource, readApiLive } from "./read-api-live.ts";

/** From the beginning of one reading to the next, ms. */
const intervalMs = 1_000;
/** A gateway has so long for its answer, ms. */
const answerMs = 800;
/** A gateway that missed so many questions in a row is no longer waited for, but for every tenth question. */
const patience = 2;
const retryEvery = 10;

/** What a poller tells: a document with whose API it is, that nothing can be told, or that there is no such API. */
export type LiveNews = ({ kind: "live"; live: ApiLive } & Ownership) | { kind: "unavailable" } | { kind: "deleted" };

/** Asks again and again how the endpoints of one API are, for everybody who watches it, and tells what is new. */
export class LivePoller {
  readonly #source: LiveSource;
  readonly #apiId: string;
  readonly #watchers = new Set<(news: LiveNews) => void>();
  readonly #missed = new Map<string, number>();
  readonly #stopping = new AbortController();
  #last: { news: LiveNews; text: string } | undefined;

  constructor(source: LiveSource, apiId: string) {
    this.#source = source;
    this.#apiId = apiId;
    void this.#run();
  }

  get watchers(): number {
    return this.#watchers.size;
  }

  /** Tells what is known at once, then what is new. */
  watch(watcher: (news: LiveNews) => void): () => void {
    this.#watchers.add(watcher);
    if (this.#last) watcher(this.#last.news);
    return () => this.#watchers.delete(watcher);
  }

  close(): void {
    this.#stopping.abort();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    for (let round = 0; !signal.aborted; round += 1) {
      const startedAt = performance.now();
      const news = await this.#read(round);
      if (signal.aborted) return;
      this.#tell(news);
      const restMs = Math.max(intervalMs / 5, intervalMs - (performance.now() - startedAt));
      await sleep(restMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #read(round: number): Promise<LiveNews> {
    const options = { doNotAwait: this.#notAwaited(round), deadlineMs: answerMs, signal: this.#stopping.signal };
    try {
      const reading = await readApiLive(this.#source, this.#apiId, options);
      if (!reading) return { kind: "deleted" };
      this.#noteSilence(reading.silent);
      const { live, ownerId, coOwnerIds } = reading;
      return { kind: "live", ownerId, coOwnerIds, live };
    } catch (error) {
      if (!this.#stopping.signal.aborted) log.warn({ err: error, api: this.#apiId }, "Gateways could not be asked");
      return { kind: "unavailable" };
    }
  }

  #notAwaited(round: number): ReadonlySet<string> {
    if (round % retryEvery === 0) return new Set();
    return new Set([...this.#missed].filter(([, missed]) => missed >= patience).map(([id]) => id));
  }

  #noteSilence(silent: readonly string[]): void {
    const before = new Map(this.#missed);
    this.#missed.clear();
    for (const id of silent) this.#missed.set(id, (before.get(id) ?? 0) + 1);
  }

  /** A document that differs in nothing but how far away an instant is, is no news: pages count down by themselves. */
  #tell(news: LiveNews): void {
    const text = JSON.stringify(news, (key, value: unknown) => (key === "inMs" ? undefined : value));
    const isNews = text !== this.#last?.text;
    this.#last = { news, text };
    if (isNews) for (const watcher of this.#watchers) watcher(news);
  }
}
