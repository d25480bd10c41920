import { keyTypes } from "../../lib/model/endpoint-config.ts";
import type { EndpointsAnswer, LiveEndpoint } from "../../lib/model/gateway-ask.ts";
import type { Configuration } from "../config/configuration.ts";
import type { EndpointRuntime } from "../endpoints/endpoint-runtime.ts";
import { retriesOf } from "../endpoints/endpoint-state.ts";
import type { StatusClock } from "./status.ts";

/** How the endpoints of an API are at this gateway; undefined while it does not serve the API. */
export function endpointsAnswer(
  configuration: Configuration,
  apiId: string,
  clock: StatusClock,
): EndpointsAnswer | undefined {
  const groups = configuration.groupsOf(apiId);
  const api = configuration.findApi(apiId);
  if (!groups || !api) return undefined;
  const answer: EndpointsAnswer = { revision: api.revision, groups: {} };
  for (const keyType of keyTypes) {
    const group = groups[keyType];
    if (!group) continue;
    const endpoints = group.endpoints.map((endpoint) => liveEndpoint(endpoint, clock));
    answer.groups[keyType] = { kind: group.kind, endpoints };
  }
  return answer;
}

const stateNames = { active: "ACTIVE", timeout: "TIMEOUT", suspended: "SUSPENDED", off: "OFF" } as const;

function liveEndpoint(endpoint: EndpointRuntime, clock: StatusClock): LiveEndpoint {
  const now = clock.now();
  const { state, lastError, requests, failures, ...view } = endpoint.view(now);
  return {
    id: endpoint.id,
    url: endpoint.url,
    state: stateNames[state.kind],
    draining: view.isDraining,
    healthDown: view.isFoundDown,
    warmingUntil: view.warmingUntil === undefined ? null : instantAhead(view.warmingUntil, clock),
    nextRetryAt: "nextRetry" in state ? instantAhead(state.nextRetry, clock) : null,
    suspendDurationMs: state.kind === "suspended" ? state.durationMs : null,
    remainingRetries: retriesOf(state, endpoint.policy),
    lastError: lastError
      ? { code: String(lastError.code), at: clock.toDate(lastError.at).toISOString(), message: lastError.message }
      : null,
    requests,
    failures,
    minutes: [...view.minutes],
  };
}

function instantAhead(at: number, { now, toDate }: StatusClock) {
  return { at: toDate(at).toISOString(), inMs: Math.max(0, at - now()) };
}
