import type { IncomingMessage } from "node:http";
import type { SnapshotOperation } from "../../lib/model/snapshot.ts";
import type { DecisionTrace } from "../decisions/decision-trace.ts";
import type { GroupRuntime } from "../endpoints/group-runtime.ts";
import type { GatewayApi } from "../routing/gateway-api.ts";
import type { RouteMatch, RoutingTable } from "../routing/routing-table.ts";
import { climbsUp } from "../routing/upstream-path.ts";
import { type Admission, admit, type Credentials, credentialsIn } from "./credentials.ts";
import {
  type GatewayError,
  gatewayErrors,
  limitExceeded,
  noEndpointFor,
  noSuchMethod,
  tokenMissing,
  tokenRefused,
} from "./gateway-error.ts";
import { contentLengthOf, type Incoming, isAmbiguous } from "./incoming.ts";
import type { TrafficMetrics } from "./traffic-metrics.ts";

/** Where a request that may be served goes; `path` is what is left of its own after the API's prefix. */
export type Destination = {
  kind: "destination";
  api: GatewayApi;
  group: GroupRuntime;
  path: string;
  /** What the answer says of limits, as a flat list; undefined: there are none. */
  limitFields: readonly string[] | undefined;
};

/** A request that is answered without any endpoint. */
export type Rejection = { kind: "rejection"; error: GatewayError; api?: GatewayApi };

export type Admitted = Destination | Rejection;

export type DestinationContext = {
  table: RoutingTable<GatewayApi>;
  /** FAIRLEAD_SECRET, by which try-out keys are checked. */
  secret: string;
  /** ms of the monotonic clock. */
  now: () => number;
  /** ms since the epoch. */
  wallClock: () => number;
  metrics: Pick<TrafficMetrics, "countLimited" | "countRefusedToken" | "usedKeys">;
};

/**
 * Route, credentials and group of a request, or what ends it here. The table is read once, now.
 *
 * @param decision told what was found
 */
export function findDestination(
  context: DestinationContext,
  request: IncomingMessage,
  incoming: Incoming,
  decision: DecisionTrace,
): Admitted | Promise<Admitted> {
  // Node stops reading header fields at a number; one more than is accepted shows that there were too many.
  if (request.rawHeaders.length > 2 * maxHeaderFields) return reject(gatewayErrors.headTooLarge);
  if (isAmbiguous(request)) return reject(gatewayErrors.malformed);
  const match = context.table.match(incoming.path);
  const { search } = incoming;
  const { method = "" } = request;
  const asked = { method, search, credentials: credentialsIn(request.rawHeaders), bodyBytes: contentLengthOf(request) };
  return admitRequest(context, match, asked, decision);
}

/** What a head says of who asks; `bodyBytes` is how much of the body is known to come. */
export type Asked = { method: string; search: string; credentials: Credentials; bodyBytes: number };

/**
 * The same for a request whose head is known to be sound, and whose path led to `match`. A promise, which never rejects,
 * only where a token comes for the first time.
 */
export function admitRequest(
  context: DestinationContext,
  match: RouteMatch<GatewayApi> | undefined,
  { method, search, credentials, bodyBytes }: Asked,
  decision: DecisionTrace,
): Admitted | Promise<Admitted> {
  if (!match) return reject(gatewayErrors.noApi);
  const { route, rest } = match;
  decision.routed(route.api);
  if (climbsUp(rest)) return reject(gatewayErrors.climbing, route);
  if (route.api.lifecycleState === "BLOCKED") return reject(gatewayErrors.blocked, route);
  const found = route.rules.operations?.check(method, rest);
  if (found?.kind === "no-path") return reject(gatewayErrors.noOperation, route);
  if (found?.kind === "no-method") return reject(noSuchMethod(found.allow), route);
  if (found?.operation) decision.belongsTo(found.operation);
  const admission = admit(route, credentials, search, context.secret, context.wallClock(), found?.isOpen);
  const admitted = { route, path: rest, operation: found?.operation, bodyBytes };
  return admission instanceof Promise
    ? admission.then((settled) => destinationOf(context, settled, admitted, decision))
    : destinationOf(context, admission, admitted, decision);
}

type Asking = { route: GatewayApi; path: string; operation: SnapshotOperation | undefined; bodyBytes: number };

/** Where somebody goes whose credentials have been looked at. */
function destinationOf(
  context: DestinationContext,
  admission: Admission,
  { route, path, operation, bodyBytes }: Asking,
  decision: DecisionTrace,
): Admitted {
  decision.admitted(admission.credential, admission.kind === "admitted" ? admission.keyType : undefined);
  const { tokens, rateLimits, maxRequestBodyBytes } = route.rules;
  switch (admission.kind) {
    case "missing":
      if (tokens) decision.tokenRefused({ reason: "missing", offByMs: null });
      return reject(tokens ? tokenMissing(route.api.apiKeyRequired) : gatewayErrors.keyMissing, route);
    case "invalid":
      return reject(gatewayErrors.keyInvalid, route);
    case "refused":
      decision.tokenRefused(admission.refusal);
      context.metrics.countRefusedToken(admission.refusal.reason);
      return reject(tokenRefused(admission.refusal.reason, tokens?.settings.scopes ?? []), route);
    case "admitted": {
      const { keyId, consumer } = admission;
      if (keyId !== undefined) context.metrics.usedKeys.note(keyId);
      const group = route.groups[admission.keyType];
      if (!group) return reject(noEndpointFor(admission.keyType), route);
      if (bodyBytes > maxRequestBodyBytes) return reject(gatewayErrors.bodyTooLarge, route);
      const limit = rateLimits?.check({ keyId, consumer }, context.now(), operation);
      if (limit?.exceeded) {
        context.metrics.countLimited(limit.exceeded, limit.isObserved);
        decision.limited({ level: limit.exceeded, tier: limit.tier, isObserved: limit.isObserved });
        if (!limit.isObserved) return reject(limitExceeded(limit.exceeded, limit), route);
      }
      return { kind: "destination", api: route, group, path, limitFields: limit?.fields };
    }
  }
}

/** Most header fields of a request. */
export const maxHeaderFields = 100;

function reject(error: GatewayError, api?: GatewayApi): Rejection {
  return api ? { kind: "rejection", error, api } : { kind: "rejection", error };
}
