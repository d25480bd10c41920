import type {
  AttemptRecord,
  DecisionRecord,
  DecisionRound,
  RecordedEndpoint,
  RefusalReason,
} from "../../lib/model/decision-record.ts";
import type { KeyType } from "../../lib/model/endpoint-config.ts";
import {
  limitCodes,
  noCredentialsCode,
  noOperationCode,
  notReadyCodes,
  tokenCodes,
} from "../../lib/model/error-code.ts";
import type { PassedBy } from "../endpoints/passed-by.ts";
import type { AttemptTrace, DecisionTrace, RoundTrace } from "./decision-trace.ts";

type FindOrigin = (apiId: string, keyType: KeyType, endpointId: string) => string | undefined;

/** The record of a request, from what was noted of it. */
export function decisionDocument(trace: DecisionTrace, gatewayId: string, findOrigin: FindOrigin): DecisionRecord {
  const { apiId, keyType, requestId, method, path, isPathCut, status, code = null, isWhole } = trace;
  const endpointOf = (id: string): RecordedEndpoint => ({
    id,
    origin: (apiId !== undefined && keyType && findOrigin(apiId, keyType, id)) || null,
  });
  const rounds = (trace.rounds ?? []).map((round) => roundRecord(trace, round, endpointOf));
  return {
    requestId,
    sameId: null,
    gatewayId,
    at: new Date(trace.startedAtWallClock).toISOString(),
    durationMs: rounded(trace.durationMs),
    kind: trace.isUpgrade ? "upgrade" : "request",
    method,
    path,
    isPathCut,
    route:
      apiId === undefined
        ? null
        : { apiId, name: trace.apiName, context: trace.context, version: trace.version, revision: trace.revision },
    operation: trace.operation ?? null,
    key: trace.credential === undefined ? null : { given: trace.credential, type: keyType ?? null },
    token: trace.token ?? null,
    limit: trace.limit ?? null,
    endpointSecurity:
      trace.security === undefined ? null : { kind: trace.security, waitedMs: rounded(trace.securityWaitMs) },
    group: trace.groupKind === undefined ? null : { kind: trace.groupKind, mayFailOver: trace.mayFailOver },
    session: sessionRecord(trace, endpointOf),
    rounds,
    leftOut: trace.leftOut,
    answer: { status, code, isWhole },
    noRetry: trace.noRetry ?? null,
    refusal: code === null ? null : refusalReason(trace, code, status),
  };
}

function sessionRecord(
  { sessionKind, isSessionNamed, boundEndpointId, rounds }: DecisionTrace,
  endpointOf: (id: string) => RecordedEndpoint,
): DecisionRecord["session"] {
  if (sessionKind === undefined) return null;
  const answered = rounds?.find(({ attempt, repeats }) => (repeats?.at(-1) ?? attempt)?.outcome === "success");
  return {
    kind: sessionKind,
    isNamed: isSessionNamed,
    isFound: boundEndpointId !== undefined,
    boundEndpoint: boundEndpointId === undefined ? null : endpointOf(boundEndpointId),
    isRebound: boundEndpointId !== undefined && answered !== undefined && answered.endpointId !== boundEndpointId,
  };
}

function roundRecord(
  { startedAt, startedAtWallClock }: DecisionTrace,
  { at, passedBy = [], endpointId, protocol, host, viaSession, probing, attempt, repeats = [] }: RoundTrace,
  endpointOf: (id: string) => RecordedEndpoint,
): DecisionRound {
  return {
    atMs: rounded(at - startedAt),
    // One that was passed by for the time being is taken after all where there is no other.
    passedBy: passedBy
      .filter((one) => one.endpointId !== endpointId)
      .filter(isFirstMention)
      .map(({ endpointId: id, reason, untilMs }) => ({
        endpoint: endpointOf(id),
        reason,
        until: untilMs === undefined ? null : timeOfDay(startedAtWallClock + untilMs - startedAt),
      })),
    chosen: endpointId === undefined ? null : { id: endpointId, origin: `${protocol}//${host}`, viaSession, probing },
    attempts: [...(attempt ? [attempt] : []), ...repeats].map(attemptRecord),
  };
}

/** An endpoint may be looked at more than once: for the session, and when its turn comes. */
function isFirstMention({ endpointId }: PassedBy, index: number, all: readonly PassedBy[]): boolean {
  return all.findIndex((other) => other.endpointId === endpointId) === index;
}

function attemptRecord(attempt: AttemptTrace): AttemptRecord {
  const { outcome, status, wasSent = null, isStale, isReused, connectMs, startedAt, endedAt } = attempt;
  return {
    outcome: typeof outcome === "number" ? "error" : outcome,
    status: status === 0 ? null : status,
    code: typeof outcome === "number" ? String(outcome) : null,
    wasSent,
    isStale,
    isReused,
    connectMs: connectMs < 0 ? null : rounded(connectMs),
    durationMs: outcome === "pending" ? 0 : rounded(endedAt - startedAt),
  };
}

/** What one of the gateway's own answers means; null for the code of a failed attempt. */
function refusalReason({ apiId, token, limit }: DecisionTrace, code: string, status: number): RefusalReason | null {
  switch (code) {
    case "400":
      return apiId !== undefined ? "climbing-path" : "malformed";
    case "405":
      return "method-not-served";
    case "403":
      return "origin-refused";
    case "431":
      return "head-too-large";
    case "413":
      return "body-too-large";
    case "404":
      return "no-api";
    case "700700":
      return "blocked";
    case "900902":
      return token ? "credentials-missing" : "key-missing";
    case "900901":
      if (status === 403) return "no-endpoint-of-type";
      return token ? "token-refused" : "key-invalid";
    case tokenCodes.scope:
      return "token-refused";
    case tokenCodes.keysUnavailable:
      return "keys-unavailable";
    case limitCodes.api:
      return "api-limit";
    case limitCodes.key:
      return limit?.level === "consumer" ? "consumer-limit" : "key-limit";
    case limitCodes.operation:
      return "operation-limit";
    case noOperationCode:
      return status === 404 ? "no-operation" : "no-method";
    case noCredentialsCode:
      return "no-credentials";
    case "408":
      return "slow-client";
    case "500":
      return "gateway-fault";
    case String(notReadyCodes.group):
      return "group-not-ready";
    case String(notReadyCodes.endpoint):
      return "endpoint-not-ready";
    case String(notReadyCodes.session):
      return "session-endpoint-not-ready";
    default:
      return null;
  }
}

/** Null beyond what a date can say: never, as far as anybody is concerned. */
function timeOfDay(ms: number): string | null {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** To a thousandth of a ms; nobody measures nanoseconds here. */
function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
