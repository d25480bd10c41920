import type { StatisticsTaken } from "../../lib/model/api-statistics.ts";
import type { DecisionRecord } from "../../lib/model/decision-record.ts";
import type { WatchCount } from "../../lib/model/watch-count.ts";
import type { RequestFilter } from "../decisions/decision-log.ts";
import type { MetricValues } from "../proxy/traffic-metrics.ts";
import type { ConfigurationUpdate } from "./configuration-update.ts";

/** Those who serve the traffic, as the deciding thread sees them. */
export type Workers = {
  /** Resolves when every worker serves the update. */
  apply: (update: ConfigurationUpdate) => Promise<void>;
  /** Opens the port for traffic, or rejects with an error of one line that names it. */
  listen: () => Promise<void>;
  readonly isListening: boolean;
  /** How many threads serve. */
  readonly count: number;
  /** What each worker has counted. */
  metrics: () => Promise<MetricValues[]>;
  /** What the workers counted of guarded APIs since they were last asked. */
  takeWatchCounts: () => Promise<WatchCount[]>;
  /** What the workers counted of every API since they were last asked. */
  takeStatistics: () => Promise<StatisticsTaken>;
  /** The keys that came to the workers since they were last asked. */
  takeUsedKeys: () => Promise<string[]>;
  /** The newest request that came with an id, if one of the workers keeps it. */
  findDecision: (requestId: string, apiId?: string) => Promise<DecisionRecord | undefined>;
  /** The last requests of all workers, newest first. */
  recentDecisions: (filter: RequestFilter) => Promise<DecisionRecord[]>;
  /** Takes no new requests, lets those under way finish for at most `graceMs`, and ends the workers. */
  close: (graceMs: number) => Promise<void>;
};
