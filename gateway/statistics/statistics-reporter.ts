import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import {
  type ApiCount,
  addApiCount,
  keptFailures,
  type StateChange,
  type StatisticsTaken,
} from "../../lib/model/api-statistics.ts";
import type { DecisionRecord } from "../../lib/model/decision-record.ts";
import { PeriodicReport } from "../periodic-report.ts";

/** How often counts are written down, ms. */
export const statisticsIntervalMs = 10_000;

/** APIs and changes that are kept while the database is away. */
const mostApis = 20_000;
const mostChanges = 5_000;
/** Failed requests that are kept while the database is away, the newest. */
const mostFailures = 1_000;

/** What is written at once. Written a second time under the same id, it is not counted twice. */
export type StatisticsBatch = StatisticsTaken & { id: string };

export type StatisticsReporterOptions = {
  /** What the workers have counted since they were last asked. */
  take: () => Promise<StatisticsTaken>;
  /** Adds a batch to what is stored, once for its id. */
  record: (batch: StatisticsBatch) => Promise<void>;
  intervalMs?: number;
  log: Logger;
};

/**
 * Writes down what the workers count of every API. While the database is away counts add up here; a batch of which nobody
 * knows whether it arrived is sent again as it was.
 */
export class StatisticsReporter {
  readonly #options: StatisticsReporterOptions;
  readonly #periodic: PeriodicReport;
  #counts = new Map<string, ApiCount>();
  #changes: StateChange[] = [];
  #failures: DecisionRecord[] = [];
  #unconfirmed: StatisticsBatch | undefined;

  constructor(options: StatisticsReporterOptions) {
    this.#options = options;
    this.#periodic = new PeriodicReport(() => this.#report(), options.intervalMs ?? statisticsIntervalMs);
  }

  /** Writes down what there is, one report at a time. */
  report(): Promise<void> {
    return this.#periodic.now();
  }

  /** Writes down what is left. */
  async close(): Promise<void> {
    await this.#periodic.close();
    await this.report();
  }

  async #report(): Promise<void> {
    const { take, record, log } = this.#options;
    try {
      this.#add(await take());
      this.#unconfirmed ??= this.#nextBatch();
      if (!this.#unconfirmed) return;
      await record(this.#unconfirmed);
      this.#unconfirmed = undefined;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.warn({ error: reason }, "statistics not stored; they are kept for the next time");
    }
  }

  #add({ counts, changes, failures }: StatisticsTaken): void {
    for (const count of counts) {
      const sum = this.#counts.get(count.apiId);
      if (sum) addApiCount(sum, count);
      else if (this.#counts.size < mostApis) this.#counts.set(count.apiId, count);
    }
    this.#changes.push(...changes.slice(0, Math.max(0, mostChanges - this.#changes.length)));
    this.#failures = newestOfEachApi([...this.#failures, ...failures]).slice(-mostFailures);
  }

  #nextBatch(): StatisticsBatch | undefined {
    if (this.#counts.size + this.#changes.length + this.#failures.length === 0) return undefined;
    const counted = { counts: [...this.#counts.values()], changes: this.#changes };
    const batch = { id: randomUUID(), ...counted, failures: this.#failures };
    this.#counts = new Map();
    this.#changes = [];
    this.#failures = [];
    return batch;
  }
}

/** As many of each API as are stored: each worker takes as many, and one API's storm must not drop another's. */
function newestOfEachApi(oldestFirst: readonly DecisionRecord[]): DecisionRecord[] {
  const ofApi = new Map<string | undefined, number>();
  return oldestFirst
    .toReversed()
    .filter(({ route }) => {
      const count = (ofApi.get(route?.apiId) ?? 0) + 1;
      ofApi.set(route?.apiId, count);
      return count <= keptFailures.perApi;
    })
    .toReversed();
}
