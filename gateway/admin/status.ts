import { type KeyType, keyTypes } from "../../lib/model/endpoint-config.ts";
import type { Configuration } from "../config/configuration.ts";
import type { EndpointRuntime } from "../endpoints/endpoint-runtime.ts";
import { retriesOf } from "../endpoints/endpoint-state.ts";
import type { GroupRuntime } from "../endpoints/group-runtime.ts";
import type { EndpointRegistry } from "../endpoints/registry.ts";

/** What the gateway says of itself beside its APIs. */
export type GatewayFacts = {
  gatewayId: string;
  version: string;
  startedAt: string;
  appliedAt: string | null;
  database: "connected" | "disconnected";
};

/** The monotonic clock, and what time of day it was at one of its times. */
export type StatusClock = { now: () => number; toDate: (monotonicMs: number) => Date };

/** The body of `GET /status`; `apiId` limits it to one API. */
export function statusDocument(
  facts: GatewayFacts,
  configuration: Configuration,
  registry: EndpointRegistry,
  clock: StatusClock,
  apiId?: string,
) {
  const apis = configuration.apis.filter((api) => apiId === undefined || api.id === apiId);
  return {
    ...facts,
    configRevision: configuration.revision ?? null,
    refusedApis: configuration.refused,
    apis: apis.map((api) => ({
      id: api.id,
      name: api.name,
      context: api.context,
      version: api.version,
      revision: api.revision,
      groups: groupStatuses(registry.find(api.id) ?? {}, clock),
    })),
  };
}

function groupStatuses(groups: Partial<Record<KeyType, GroupRuntime>>, clock: StatusClock) {
  const statuses: Partial<Record<KeyType, unknown>> = {};
  for (const keyType of keyTypes) {
    const group = groups[keyType];
    if (!group) continue;
    statuses[keyType] = {
      kind: group.kind,
      endpoints: group.endpoints.map((endpoint) => endpointStatus(endpoint, clock)),
    };
  }
  return statuses;
}

function endpointStatus(endpoint: EndpointRuntime, { now, toDate }: StatusClock) {
  const { state, lastError, requests, failures, isDraining, isFoundDown, warmingUntil } = endpoint.view(now());
  return {
    id: endpoint.id,
    url: endpoint.url,
    state: state.kind.toUpperCase(),
    draining: isDraining,
    foundDown: isFoundDown,
    warmingUntil: warmingUntil === undefined ? null : toDate(warmingUntil).toISOString(),
    nextRetryAt: "nextRetry" in state ? toDate(state.nextRetry).toISOString() : null,
    suspendDurationMs: state.kind === "suspended" ? state.durationMs : null,
    remainingRetries: retriesOf(state, endpoint.policy),
    lastError: lastError
      ? { code: String(lastError.code), at: toDate(lastError.at).toISOString(), message: lastError.message }
      : null,
    requests,
    failures,
  };
}
