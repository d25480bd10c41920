import type { StatisticsTaken } from "../../lib/model/api-statistics.ts";
import type { DecisionRecord } from "../../lib/model/decision-record.ts";
import type { WatchCount } from "../../lib/model/watch-count.ts";
import type { RequestFilter } from "../decisions/decision-log.ts";
import type { MetricValues } from "../proxy/traffic-metrics.ts";
import type { ConfigurationUpdate } from "./configuration-update.ts";

/** What a worker thread is started with. */
export type WorkerStart = {
  thread: number;
  gatewayId: string;
  workers: number;
  sessions: SharedArrayBuffer;
  secret: string;
  logLevel: string;
  isTerminal: boolean;
  /** Connections of clients that all workers take together. */
  maxConnections: number;
  /** Whether ordinary requests are served on the wire. */
  wire: boolean;
};

/** What the deciding thread asks of a worker. */
export type WorkerTask =
  | { kind: "apply"; update: ConfigurationUpdate }
  | { kind: "listen"; address: { host: string; port: number; reusePort: boolean } }
  | { kind: "metrics" }
  | { kind: "take-watch-counts" }
  | { kind: "take-statistics" }
  | { kind: "take-used-keys" }
  | { kind: "find-decision"; requestId: string; apiId: string | undefined }
  | { kind: "recent-decisions"; filter: RequestFilter }
  | { kind: "close"; graceMs: number };

export type WorkerRequest = { id: number; task: WorkerTask };

/** How it went. */
export type WorkerReply = { id: number } & WorkerAnswer;
export type WorkerAnswer =
  | { kind: "done" }
  | { kind: "port"; port: number }
  | { kind: "metrics"; values: MetricValues }
  | { kind: "watch-counts"; counts: WatchCount[] }
  | { kind: "statistics"; taken: StatisticsTaken }
  | { kind: "used-keys"; ids: string[] }
  | { kind: "decisions"; records: DecisionRecord[] }
  | { kind: "failed"; error: string };
