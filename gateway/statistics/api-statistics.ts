import {
  type ApiCount,
  type Counted,
  countAnswer,
  countAtEndpoint,
  emptyApiCount,
  type StateChange,
} from "../../lib/model/api-statistics.ts";
import type { KeyType } from "../../lib/model/endpoint-config.ts";

/** APIs that are counted between two times that it is asked; further ones wait for the next. */
const mostApis = 20_000;
/** Changes of state that are kept between two times; an endpoint that flutters is told of often enough by those. */
const mostChanges = 1_000;

/** What one worker counts of every API, since it was last asked. */
export class ApiStatistics {
  #counts = new Map<string, ApiCount>();
  #changes: StateChange[] = [];

  /** @param endpointId that was tried last, if one was */
  count(
    apiId: string,
    keyType: KeyType | undefined,
    endpointId: string | undefined,
    status: number,
    durationMs: number,
  ): void {
    let count = this.#counts.get(apiId);
    if (!count) {
      if (this.#counts.size >= mostApis) return;
      count = emptyApiCount(apiId);
      this.#counts.set(apiId, count);
    }
    countAnswer(count, status, durationMs);
    if (keyType !== undefined && endpointId !== undefined) countAtEndpoint(count, keyType, endpointId, status);
  }

  /** An endpoint changed its state. */
  changed(change: StateChange): void {
    if (this.#changes.length < mostChanges) this.#changes.push(change);
  }

  /** What was counted; it begins anew. */
  take(): Counted {
    const taken = { counts: [...this.#counts.values()], changes: this.#changes };
    this.#counts = new Map();
    this.#changes = [];
    return taken;
  }
}
