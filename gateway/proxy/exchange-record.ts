import type { KeyType } from "../../lib/model/endpoint-config.ts";
import type { AccessLog } from "../access-log.ts";
import type { GatewayApi } from "../routing/gateway-api.ts";
import type { Incoming } from "./incoming.ts";
import type { TrafficMetrics } from "./traffic-metrics.ts";

/** What an exchange leaves behind in the access log; filled in on its way. */
export type ExchangeRecord = {
  api: GatewayApi | undefined;
  keyType: KeyType | undefined;
  /** Id of the endpoint that was tried last. */
  endpoint: string | undefined;
  attempts: number;
  /** Code of the gateway's own answer. */
  code: string | undefined;
};

export function newExchangeRecord(): ExchangeRecord {
  return { api: undefined, keyType: undefined, endpoint: undefined, attempts: 0, code: undefined };
}

/** Status in log and metrics of a request whose client left before an answer. Source: nginx. */
export const clientClosedRequest = 499;

/** Counts an exchange and writes its line in the access log: never the query, in which keys may stand. */
export function recordExchange(
  { accessLog, metrics }: { accessLog: AccessLog; metrics: TrafficMetrics },
  incoming: Incoming,
  { method, status, durationMs }: { method: string | undefined; status: number; durationMs: number },
  { api, keyType, endpoint, attempts, code }: ExchangeRecord,
): void {
  metrics.countRequest(status, durationMs);
  if (api) metrics.statistics.count(api.id, keyType, endpoint, status, durationMs);
  if (api?.api.watched) metrics.watched.count(api.id, api.api.revision, status, durationMs);
  accessLog.write({
    requestId: incoming.requestId,
    client: incoming.clientAddress,
    method: method ?? "",
    path: incoming.path,
    status,
    durationMs: Math.round(durationMs * 10) / 10,
    api: api?.id,
    keyType,
    endpoint,
    attempts,
    code,
  });
}
