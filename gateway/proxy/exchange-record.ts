import type { Logger } from "pino";
import type { GatewayApi } from "../routing/gateway-api.ts";
import type { Incoming } from "./incoming.ts";
import type { TrafficMetrics } from "./traffic-metrics.ts";

/** What an exchange leaves behind in the access log; filled in on its way. */
export type ExchangeRecord = {
  api?: GatewayApi;
  keyType?: string;
  /** Id of the endpoint that was tried last. */
  endpoint?: string;
  attempts: number;
  /** Code of the gateway's own answer. */
  code?: string;
};

/** Status in log and metrics of a request whose client left before an answer. Source: nginx. */
export const clientClosedRequest = 499;

/** Counts an exchange and writes its line in the access log: never the query, in which keys may stand. */
export function recordExchange(
  { log, metrics }: { log: Logger; metrics: TrafficMetrics },
  incoming: Incoming,
  exchange: { method: string | undefined; status: number; durationMs: number },
  { api, ...record }: ExchangeRecord,
): void {
  metrics.countRequest(exchange.status, exchange.durationMs);
  if (!log.isLevelEnabled("info")) return;
  log.info(
    {
      requestId: incoming.requestId,
      client: incoming.clientAddress,
      method: exchange.method,
      path: incoming.path,
      status: exchange.status,
      durationMs: Math.round(exchange.durationMs * 10) / 10,
      api: api?.id,
      ...record,
    },
    "request",
  );
}
