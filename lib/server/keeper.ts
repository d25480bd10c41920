import "server-only";
import { sweepDeletedApis } from "./apis/deleted-apis.ts";
import type { ServerContext } from "./context.ts";
import { checkWatches } from "./guard/check-watches.ts";
import { sweepWatches } from "./guard/watch-traffic.ts";
import { log } from "./log.ts";
import { publishDueChanges, sweepSchedules } from "./schedule/publish-scheduled.ts";
import { sweepStatistics } from "./statistics/sweep-statistics.ts";

/** Between two rounds, and after one that failed, ms. */
const defaultPace = { roundMs: 2_000, afterFailureMs: 10_000 };
const sweepEveryMs = 60_000;

/**
 * Does what is due without anybody asking, round after round. Every publisher does: what is due is settled in the database,
 * so that each thing is done once, and by any of them when the others are gone.
 */
export class Keeper {
  readonly #context: Omit<ServerContext, "actor">;
  readonly #pace: typeof defaultPace;
  #timer: NodeJS.Timeout | undefined;
  #sweptAtMs = 0;
  #isClosed = false;

  constructor(context: Omit<ServerContext, "actor">, pace = defaultPace) {
    this.#context = context;
    this.#pace = pace;
    this.#waitFor(pace.roundMs);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #waitFor(delayMs: number): void {
    if (!this.#isClosed) this.#timer = setTimeout(() => void this.#round(), delayMs).unref();
  }

  async #round(): Promise<void> {
    try {
      await checkWatches(this.#context);
      await publishDueChanges(this.#context);
      await this.#sweep();
      this.#waitFor(this.#pace.roundMs);
    } catch (error) {
      log.warn({ err: error }, "What is due could not be done; it is tried again");
      this.#waitFor(this.#pace.afterFailureMs);
    }
  }

  async #sweep(): Promise<void> {
    const nowMs = performance.now();
    if (this.#sweptAtMs !== 0 && nowMs - this.#sweptAtMs < sweepEveryMs) return;
    await sweepWatches(this.#context.db);
    await sweepSchedules(this.#context.db);
    await sweepStatistics(this.#context.db);
    await sweepDeletedApis(this.#context.db);
    this.#sweptAtMs = nowMs;
  }
}
