import { countWatched, emptyWatchCount, type WatchCount } from "../../lib/model/watch-count.ts";
import { clientClosedRequest } from "../proxy/exchange-record.ts";

/** Revisions that are counted at once; beyond it new ones wait until these are taken. */
const mostCounts = 10_000;

/** What one worker counts of APIs whose publishes are guarded, since it was last asked. */
export class WatchCounts {
  #counts = new Map<string, WatchCount>();

  /** Counts an answer; a tunnel (101) lasts as long as its client likes, and a client that left had no answer. */
  count(apiId: string, revision: number, status: number, durationMs: number): void {
    if (status === clientClosedRequest || status === 101) return;
    const key = `${apiId} ${revision}`;
    let count = this.#counts.get(key);
    if (!count) {
      if (this.#counts.size >= mostCounts) return;
      count = emptyWatchCount(apiId, revision);
      this.#counts.set(key, count);
    }
    countWatched(count, status, durationMs);
  }

  /** What was counted; it begins anew. */
  take(): WatchCount[] {
    const taken = [...this.#counts.values()];
    this.#counts = new Map();
    return taken;
  }
}
