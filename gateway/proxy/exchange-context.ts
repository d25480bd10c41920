import type { Logger } from "pino";
import type { AccessLog } from "../access-log.ts";
import type { DecisionLog } from "../decisions/decision-log.ts";
import type { SessionManager } from "../endpoints/sessions/session-manager.ts";
import type { DestinationContext } from "./destination.ts";
import type { Forwarder } from "./forwarder.ts";
import type { OpenRequests } from "./open-requests.ts";
import type { ReplayBudget } from "./replay-budget.ts";
import type { TrafficMetrics } from "./traffic-metrics.ts";

/** What requests are served with. */
export type ExchangeContext = DestinationContext & {
  sessions: SessionManager;
  forwarder: Forwarder;
  openRequests: OpenRequests;
  replayBudget: ReplayBudget;
  metrics: TrafficMetrics;
  decisions: DecisionLog;
  log: Logger;
  accessLog: AccessLog;
  /** ms of a monotonic clock. */
  now: () => number;
  /** Whether the gateway is stopping: then connections end with the response they carry. */
  isDraining: () => boolean;
  /** A stream is cut when nothing has moved in either direction for so long, ms. */
  idleMs: { body: number; eventStream: number; webSocket: number };
  clientLimits: ClientLimits;
};

/** What a client's connection may do. */
export type ClientLimits = {
  /** From the first octet of a head to its last, and from the connection to the first one, ms. */
  headMs: number;
  /** Between two requests, ms. */
  keepAliveMs: number;
  /** Connections of one worker: further ones are turned away. */
  maxConnections: number;
};

export const defaultClientLimits: ClientLimits = { headMs: 10_000, keepAliveMs: 60_000, maxConnections: 20_000 };

/** Event streams and WebSockets may be silent for long: pings every few minutes are common. */
export const defaultIdleMs: ExchangeContext["idleMs"] = { body: 60_000, eventStream: 300_000, webSocket: 300_000 };
