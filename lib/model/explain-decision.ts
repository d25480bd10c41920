import type {
  AttemptRecord,
  CredentialKind,
  DecisionRecord,
  DecisionRound,
  LimitLevel,
  NoRetryReason,
  PassedByReason,
  RecordedEndpoint,
  RefusalReason,
} from "./decision-record.ts";
import { clientLeftStatus, hasFailed } from "./decision-record.ts";
import type { EndpointConfigKind, SessionSettings } from "./endpoint-config.ts";
import { errorCodeText } from "./error-code.ts";
import { tokenRefusalWords } from "./token-refusal.ts";

/** Writes a time of day, given in ISO 8601; pages show the reader's own. */
type WriteTime = (iso: string) => string;

/** The whole story of one request in sentences, in the order in which it happened. */
export function explainDecision(record: DecisionRecord, writeTime: WriteTime = (iso) => iso): string[] {
  const { noRetry, leftOut, sameId } = record;
  return [
    routeSentence(record),
    ...(record.operation ? [operationSentence(record.operation)] : []),
    ...(record.key ? [keySentence(record.key, record.token)] : []),
    ...(record.token ? [tokenSentence(record.token, record.gatewayId)] : []),
    ...(record.limit ? [limitSentence(record.limit)] : []),
    ...(record.group ? [groupSentence(record.group)] : []),
    ...(record.endpointSecurity ? [securitySentence(record.endpointSecurity)] : []),
    ...(record.session ? [sessionSentence(record.session)] : []),
    ...record.rounds.flatMap((round) => roundSentences(record, round, writeTime)),
    ...(leftOut > 0 ? [`${leftOut} more members and attempts are left out here.`] : []),
    ...(noRetry ? [noRetrySentence(noRetry)] : []),
    answerSentence(record),
    ...(sameId !== null && sameId > 1 ? [`${sameId} requests with this id are kept; this is the newest.`] : []),
  ];
}

/** Where the path led. */
export function routeSentence({ route, refusal }: DecisionRecord): string {
  if (route) return `The path leads to ${route.name} ${route.version} (${route.context}), revision ${route.revision}.`;
  return refusal === "no-api" ? "No API answers at this path." : "The path was not looked at.";
}

/** Which operation of the API it is. */
export function operationSentence({ method, path }: NonNullable<DecisionRecord["operation"]>): string {
  return `It belongs to the operation ${method} ${path}.`;
}

const credentialWords = {
  none: "without a key",
  apikey: "with an API key",
  "try-out": "with a try-out key",
  token: "with a token",
} as const satisfies Record<CredentialKind, string>;

/** How the caller was known, and which endpoints that leads to. */
export function keySentence(
  { given, type }: NonNullable<DecisionRecord["key"]>,
  token: DecisionRecord["token"] = null,
): string {
  const came = `The request came ${credentialWords[given]}`;
  if (type !== null) return `${came}, which leads to the ${type} endpoints.`;
  if (given === "none" && token) return `${came} or a token.`;
  return given === "none" ? `${came}, and the API needs one.` : `${came} that is not valid here.`;
}

/** Why the token was refused, with the clock that says so where time is the reason. */
export function tokenSentence(token: NonNullable<DecisionRecord["token"]>, gatewayId: string): string {
  if (token.reason === "missing") return "The API takes tokens, and none came in the header Authorization, as Bearer.";
  const clock = token.offByMs === null ? "" : `, by the clock of gateway ${gatewayId}`;
  return `The token was refused: ${tokenRefusalWords(token)}${clock}.`;
}

const limitWords = {
  api: "All requests to this API together had reached the limit",
  key: "The requests with this key had reached the limit",
  consumer: "The requests of the consumer that the token names had reached the limit",
  operation: "All requests to this operation together had reached the limit",
} as const satisfies Record<LimitLevel, string>;

/** Which limit had no room, and what that meant. */
export function limitSentence({ level, tier, isObserved }: NonNullable<DecisionRecord["limit"]>): string {
  const went = isObserved ? "it was served all the same, since limits of this API are only observed" : "it was refused";
  return `${limitWords[level]} ${tier}: ${went}.`;
}

const groupWords = {
  single: "One endpoint serves",
  "load-balance": "The endpoints take turns",
  failover: "The first endpoint that is ready serves",
  tiered: "The first pool that has a ready endpoint serves, and its endpoints take turns",
} as const satisfies Record<EndpointConfigKind, string>;

/** How the endpoints stand together. */
export function groupSentence({ kind, mayFailOver }: NonNullable<DecisionRecord["group"]>): string {
  if (kind === "single") return `${groupWords.single}.`;
  return `${groupWords[kind]}; failover is ${mayFailOver ? "on" : "off"}.`;
}

const securityWords = {
  basic: "Its endpoints are shown a user name and password (Basic)",
  digest: "Its endpoints are shown a digest of a password",
  oauth: "Its endpoints are shown a token (OAuth 2.0)",
  "api-key": "Its endpoints are shown a key",
} as const satisfies Record<NonNullable<DecisionRecord["endpointSecurity"]>["kind"], string>;

/** What the gateway showed to the endpoints. */
export function securitySentence({ kind, waitedMs }: NonNullable<DecisionRecord["endpointSecurity"]>): string {
  return waitedMs > 0
    ? `${securityWords[kind]}; the request waited ${msWords(waitedMs)} for it.`
    : `${securityWords[kind]}.`;
}

const sessionNames = {
  none: "None",
  transport: "Transport (a cookie)",
  soap: "SOAP",
  "client-id": "Client ID",
} as const satisfies Record<SessionSettings["kind"], string>;

/** Whether a session was found, and what it asked for. */
export function sessionSentence(session: NonNullable<DecisionRecord["session"]>): string {
  const { kind, isNamed, isFound, boundEndpoint, isRebound } = session;
  if (kind === "none") return "The group has no session management.";
  const by = `Session Management is ${sessionNames[kind]}`;
  if (!isFound) {
    return isNamed
      ? `${by}; the client named a session that is new, expired or another group's.`
      : `${by}; the client named no session.`;
  }
  const bound = `${by}; the session is bound to ${nameOf(boundEndpoint)}`;
  return isRebound ? `${bound}, and from now on to the endpoint that answered.` : `${bound}.`;
}

const passedByWords = {
  off: "it is switched off",
  draining: "it is being drained and takes only sessions it has",
  suspended: "it is suspended",
  timeout: "it is marked for suspension and waits for its next try",
  "being-probed": "another request is finding out whether it is well again",
  "found-down": "health checks find it down",
  "warming-up": "it has just come back and is given less than its share",
  tried: "this request had tried it",
} as const satisfies Record<PassedByReason, string>;

/** Why a member was not taken, beginning in lower case. */
export function passedByReasonWords(reason: PassedByReason, until: string | null, writeTime: WriteTime): string {
  return until === null ? passedByWords[reason] : `${passedByWords[reason]} until ${writeTime(until)}`;
}

/** Why a member was taken, beginning in lower case. */
export function chosenWords(record: DecisionRecord, { chosen, passedBy, atMs }: DecisionRound): string {
  if (!chosen) return "no endpoint could be had";
  if (chosen.probing) return "its time has come, and this request finds out whether it is well again";
  if (chosen.viaSession) return "the session is bound to it";
  if (record.group?.kind === "single") return "there is no other";
  const isFirst = atMs === record.rounds[0]?.atMs && passedBy.length === 0;
  if (record.group?.kind === "failover") return isFirst ? "the first in order" : "the next in order that is ready";
  return isFirst ? "its turn" : "the next one that is ready";
}

/** How an attempt ended, beginning in lower case. */
export function attemptWords(attempt: AttemptRecord): string {
  const { outcome, status, code, isStale, wasSent } = attempt;
  switch (outcome) {
    case "success":
      return `answered with ${status}`;
    case "passed-on":
      return `answered with ${status}, after which another endpoint is tried`;
    case "void":
      return "ended without a result: nothing can be said of the endpoint";
    case "pending":
      return "has not ended";
    case "error": {
      const words = `failed with ${code} ${errorCodeText(Number(code))}`;
      if (isStale) return `${words}: the kept connection had been closed, for which nobody is to blame`;
      return wasSent ? `${words}; the endpoint may have got some of the request` : `${words}; nothing had been sent`;
    }
  }
}

/** How long an attempt took, and its connection. */
export function attemptTimes({ durationMs, connectMs, isReused }: AttemptRecord): string {
  const connection = isReused ? "on a kept connection" : connectMs === null ? "" : `${msWords(connectMs)} to connect`;
  return connection === "" ? msWords(durationMs) : `${msWords(durationMs)}, ${connection}`;
}

const noRetryWords = {
  "failover-off": "failover is off for this group",
  "body-not-kept": "the request's body is too large to be kept for a second attempt",
  "disabled-code": "the endpoint's settings rule out another try after this code",
  discard: "the endpoint's timeout action is Discard Message",
  "not-idempotent": "the endpoint may have acted on the request, and doing it twice may not be the same as once",
  "method-not-chosen": "only GET and HEAD requests of this group fail over on statuses",
  "no-endpoint-left": "no endpoint was left that is ready and had not been tried",
} as const satisfies Record<NoRetryReason, string>;

/** Why nothing more was tried. */
export function noRetrySentence(reason: NoRetryReason): string {
  return `No other endpoint was tried: ${noRetryWords[reason]}.`;
}

const refusalWords = {
  malformed: "the request is malformed",
  "head-too-large": "the request's header is too large",
  "body-too-large": "the request's body is longer than this API takes",
  "no-api": "no API answers at this path",
  "climbing-path": "the path has a segment that climbs up",
  blocked: "the API is blocked",
  "origin-refused": "CORS of the API does not allow the origin, or the preflight is none that a browser sends",
  "key-missing": "the key is missing",
  "key-invalid": "the key is not known here, or revoked, expired or another API's",
  "credentials-missing": "nothing came that the API lets callers in with",
  "token-refused": "the token is not accepted",
  "keys-unavailable": "the keys of the token's issuer could not be had; the gateway's log says why",
  "no-endpoint-of-type": "the API has no endpoint for the key's type",
  "api-limit": "the API's rate limit has no room for it",
  "key-limit": "the key's rate limit has no room for it",
  "consumer-limit": "the consumer's rate limit has no room for it",
  "operation-limit": "the operation's rate limit has no room for it",
  "no-operation": "the API serves only its operations, and none has this path",
  "no-method": "the API serves only its operations, and those with this path have other methods",
  "method-not-served": "the method is not served here",
  "group-not-ready": "no endpoint of the group was ready, so nothing was attempted",
  "endpoint-not-ready": "the endpoint was not ready, so nothing was attempted",
  "session-endpoint-not-ready": "the session's endpoint was not ready, and without failover the session may not move",
  "no-credentials": "the gateway could not get what it has to show to the endpoints; its log says why",
  "slow-client": "the request did not arrive in time",
  "gateway-fault": "the gateway itself failed; its log says more",
} as const satisfies Record<RefusalReason, string>;

/** What the client got, and from whom. */
export function answerSentence({ answer, refusal, durationMs, kind, route, key, rounds }: DecisionRecord): string {
  const { status, code, isWhole } = answer;
  const after = `after ${msWords(durationMs)}`;
  if (status === clientLeftStatus && code === null) return `The client left ${after}, before there was an answer.`;
  if (code !== null) {
    const why = refusal ? refusalWords[refusal] : errorCodeText(Number(code));
    return `The gateway answered ${status} with code ${code} ${after}: ${why}.`;
  }
  // Nobody looks for the key of a preflight, and no endpoint hears of it.
  if (route && !key && rounds.length === 0)
    return `The gateway answered the browser's preflight with ${status} ${after}.`;
  if (kind === "upgrade" && status === 101) return `The endpoint agreed to the upgrade ${after}.`;
  const passedOn = `The endpoint's answer, ${status}, was passed on ${after}`;
  return isWhole ? `${passedOn}.` : `${passedOn}, but not all of it: the client left, or the endpoint broke off.`;
}

/** Why a request failed, in a sentence; null: it did not. */
export function failureReason(record: DecisionRecord): string | null {
  const { answer, refusal, rounds, token, gatewayId } = record;
  const { status, code } = answer;
  if (!hasFailed(status, code)) return null;
  if (status === clientLeftStatus && code === null) return "The client left before there was an answer.";
  if (refusal === "token-refused" && token) return tokenSentence(token, gatewayId);
  if (refusal) return sentence(refusalWords[refusal]);
  const last = rounds.findLast(({ chosen }) => chosen !== null);
  const attempt = last?.attempts.at(-1);
  if (last && attempt?.outcome === "error") return `${nameOf(last.chosen)} ${attemptWords(attempt)}.`;
  if (code !== null) return `${errorCodeText(Number(code))}.`;
  return last ? `${nameOf(last.chosen)} answered with ${status}.` : `The endpoint answered with ${status}.`;
}

/** "0.4 ms", "12 ms", "3.2 s". */
export function msWords(ms: number): string {
  if (ms >= 1_000) return `${Math.round(ms / 100) / 10} s`;
  return ms >= 10 ? `${Math.round(ms)} ms` : `${Math.round(ms * 10) / 10} ms`;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** An endpoint as sentences name it. */
export function nameOf(endpoint: RecordedEndpoint | null): string {
  return endpoint?.origin ?? (endpoint ? `an endpoint that is gone (${endpoint.id})` : "nobody");
}

function roundSentences(record: DecisionRecord, round: DecisionRound, writeTime: WriteTime): string[] {
  const passed = round.passedBy.map(
    ({ endpoint, reason, until }) =>
      `${nameOf(endpoint)} was passed by: ${passedByReasonWords(reason, until, writeTime)}.`,
  );
  if (!round.chosen) return passed;
  const name = nameOf(round.chosen);
  const attempts = round.attempts.map(
    (attempt, index) =>
      `${name} ${index === 0 ? "" : "was tried again on a new connection and "}${attemptWords(attempt)} (${attemptTimes(attempt)}).`,
  );
  return [...passed, `${name} was chosen: ${chosenWords(record, round)}.`, ...attempts];
}
