import "server-only";
import { database } from "../database.ts";
import { gatewayAsker } from "../gateways/gateway-asker.ts";
import { LivePoller } from "./live-poller.ts";
import type { LiveSource } from "./read-api-live.ts";

/** Most streams of one person, and of everybody together. */
export const maxStreamsPerUser = 24;
const maxStreams = 1_000;

/** An open stream, as the hub sees it. */
export type LiveStream = { userId: string; end: () => void };

/** Who watches what in this process: one poller for an API however many pages show it, and a bound on streams. */
export class LiveHub {
  readonly #source: LiveSource;
  readonly #pollers = new Map<string, LivePoller>();
  readonly #streams = new Set<LiveStream>();
  #isStopping = false;

  constructor(source: LiveSource) {
    this.#source = source;
  }

  get streams(): number {
    return this.#streams.size;
  }

  get pollers(): number {
    return this.#pollers.size;
  }

  /** Counts a stream in; false when there are too many, or no more to be. */
  open(stream: LiveStream): boolean {
    if (this.#isStopping) return false;
    const own = [...this.#streams].filter(({ userId }) => userId === stream.userId).length;
    if (own >= maxStreamsPerUser || this.#streams.size >= maxStreams) return false;
    this.#streams.add(stream);
    return true;
  }

  close(stream: LiveStream): void {
    this.#streams.delete(stream);
  }

  /** Watches an API until the function that this returns is called. */
  watch(apiId: string, watcher: Parameters<LivePoller["watch"]>[0]): () => void {
    const poller = this.#pollers.get(apiId) ?? new LivePoller(this.#source, apiId);
    this.#pollers.set(apiId, poller);
    const leave = poller.watch(watcher);
    return () => {
      leave();
      if (poller.watchers > 0) return;
      poller.close();
      if (this.#pollers.get(apiId) === poller) this.#pollers.delete(apiId);
    };
  }

  /** Ends every stream and opens no more: the publisher stops, and pages look for it again. */
  stop(): void {
    this.#isStopping = true;
    for (const stream of [...this.#streams]) stream.end();
  }
}

declare global {
  // Route and instrumentation are built apart: what they share has to be found here.
  var fairleadLiveHub: LiveHub | undefined;
}

/** The hub of this process. */
export function liveHub(): LiveHub {
  globalThis.fairleadLiveHub ??= new LiveHub({ db: database(), asker: gatewayAsker() });
  return globalThis.fairleadLiveHub;
}

/** Ends every stream of this process; it waits for them when it stops, and they would never end. */
export function stopLiveStreams(): void {
  globalThis.fairleadLiveHub?.stop();
}
