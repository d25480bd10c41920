import { keyTypes } from "../../lib/model/endpoint-config.ts";
import type { EndpointsAnswer, LiveEndpoint } from "../../lib/model/gateway-ask.ts";
import type { Configuration } from "../config/configuration.ts";
import type { EndpointRuntime } from "../endpoints/endpoint-runtime.ts";
import { retriesOf } from "../endpoints/endpoint-state.ts";
import type { ToWallClock } from "./status.ts";

/**
 * How the endpoints of an API are at this gateway; undefined while it does not serve the API.
 *
 * @param now ms of the monotonic clock
 */
export function endpointsAnswer(
  configuration: Configuration,
  apiId: string,
  now: number,
  toWallClock: ToWallClock,
): EndpointsAnswer | undefined {
  const groups = configuration.groupsOf(apiId);
  const api = configuration.findApi(apiId);
  if (!groups || !api) return undefined;
  const answer: EndpointsAnswer = { revision: api.revision, groups: {} };
  for (const keyType of keyTypes) {
    const group = groups[keyType];
    if (!group) continue;
    const endpoints = group.endpoints.map((endpoint) => liveEndpoint(endpoint, now, toWallClock));
    answer.groups[keyType] = { kind: group.kind, endpoints };
  }
  return answer;
}

const stateNames = { active: "ACTIVE", timeout: "TIMEOUT", suspended: "SUSPENDED", off: "OFF" } as const;

function liveEndpoint(endpoint: EndpointRuntime, now: number, toWallClock: ToWallClock): LiveEndpoint {
  const { state, lastError } = endpoint;
  return {
    id: endpoint.id,
    url: endpoint.url,
    state: stateNames[state.kind],
    draining: false,
    healthDown: false,
    warmingUntil: null,
    nextRetryAt: "nextRetry" in state ? instantAhead(state.nextRetry, now, toWallClock) : null,
    suspendDurationMs: state.kind === "suspended" ? state.durationMs : null,
    remainingRetries: retriesOf(state, endpoint.policy),
    lastError: lastError
      ? { code: String(lastError.code), at: toWallClock(lastError.at).toISOString(), message: lastError.message }
      : null,
    requests: endpoint.requests,
    failures: endpoint.failures,
    minutes: [],
  };
}

function instantAhead(at: number, now: number, toWallClock: ToWallClock) {
  return { at: toWallClock(at).toISOString(), inMs: Math.max(0, at - now) };
}
