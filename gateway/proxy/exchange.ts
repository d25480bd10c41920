import type { IncomingMessage, ServerResponse } from "node:http";
import type { ErrorCode } from "../../lib/model/error-code.ts";
import { applyAuthorization } from "../credentials/apply-authorization.ts";
import type { EndpointCredentials } from "../credentials/endpoint-credentials.ts";
import { decisionHeader } from "../decisions/decision-header.ts";
import type { AttemptTrace, DecisionTrace } from "../decisions/decision-trace.ts";
import type { GroupRuntime, Selection } from "../endpoints/group-runtime.ts";
import type { RequestSession } from "../endpoints/sessions/session-manager.ts";
import { upstreamPath } from "../routing/upstream-path.ts";
import type { AttemptResult } from "./attempt-watch.ts";
import { noteGroup, pickFor, refused } from "./choose-endpoint.ts";
import { clientIdentityWithSoap } from "./client-identity.ts";
import { withoutQueryKey } from "./credentials.ts";
import { type Destination, findDestination } from "./destination.ts";
import { sendError, sendPreflight } from "./error-answer.ts";
import type { ExchangeContext } from "./exchange-context.ts";
import { clientClosedRequest, type ExchangeRecord, newExchangeRecord, recordExchange } from "./exchange-record.ts";
import { editFields, ownCorsFields } from "./field-edits.ts";
import { type Answered, forwardResponse } from "./forward-response.ts";
import { attemptFailed, type GatewayError, gatewayErrors } from "./gateway-error.ts";
import { fieldValues } from "./headers.ts";
import { expectsContinue, hasBody, type Incoming, readIncoming } from "./incoming.ts";
import { answerPreflight, originOf } from "./preflight.ts";
import { RequestBody } from "./request-body.ts";
import { retryAfterMs } from "./retry-after.ts";
import { isIdempotent, whyNotPassOn, whyNotTryAnother } from "./retry-rules.ts";
import { upstreamHeaders } from "./upstream-headers.ts";

/** One request on its way. */
type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  incoming: Incoming;
  body: RequestBody;
  record: ExchangeRecord;
  decision: DecisionTrace;
};

/** What came of an attempt that another one may follow: it failed, or its answer has a failover status. */
type Unsettled =
  | { kind: "failed"; code: ErrorCode }
  | { kind: "answered"; answered: Answered; trace: AttemptTrace; discard: () => void };

/** Serves one request, from its head to the end of its response: route → key → group → session → attempts → response. */
export async function serveRequest(
  context: ExchangeContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const startedAt = context.now();
  const incoming = readIncoming(request);
  const record = newExchangeRecord();
  const decision = context.decisions.begin(request.method ?? "", incoming, false, startedAt);
  response.once("close", () => {
    const status = response.headersSent ? response.statusCode : clientClosedRequest;
    const durationMs = context.now() - startedAt;
    recordExchange(context, incoming, { method: request.method, status, durationMs }, record);
    context.decisions.end(decision, status, response.writableFinished, durationMs);
  });
  const body = new RequestBody(request, response, context.replayBudget);
  const exchange = { request, response, incoming, body, record, decision };
  try {
    if (isPreflightAnswered(context, exchange)) return;
    const found = findDestination(context, request, incoming, decision);
    const destination = found instanceof Promise ? await found : found;
    if (response.destroyed) return;
    if (destination.api) record.api = destination.api;
    if (destination.kind === "rejection") answerError(context, exchange, destination.error);
    else await serveFrom(context, exchange, destination);
  } catch (error) {
    context.log.error({ requestId: incoming.requestId, error: stackOf(error) }, "request failed in the gateway");
    answerError(context, exchange, gatewayErrors.fault);
  }
}

/**
 * Answers a browser that asks whether a page may call, before anybody looks for a key, which it never has. Whether it was
 * one that asked of an API with CORS.
 */
function isPreflightAnswered(context: ExchangeContext, exchange: Exchange): boolean {
  const { request, response, incoming, record, decision } = exchange;
  if (request.method !== "OPTIONS") return false;
  const route = context.table.match(incoming.path)?.route;
  const cors = route?.rules.cors;
  const answer = cors && answerPreflight(cors, request.method, (name) => fieldValues(request.rawHeaders, name));
  if (!route || !answer) return false;
  record.api = route;
  decision.routed(route.api);
  if (answer.kind === "refused") answerError(context, exchange, answer.error);
  else sendPreflight(response, answer.fields, incoming.requestId, hasBody(request) || context.isDraining());
  return true;
}

/** Where a request says that it comes from. */
function originOfRequest(request: IncomingMessage): string | undefined {
  return originOf((name) => fieldValues(request.rawHeaders, name));
}

async function serveFrom(context: ExchangeContext, exchange: Exchange, destination: Destination): Promise<void> {
  const { request, response, body, record, decision } = exchange;
  const { api, group } = destination;
  record.keyType = group.keyType;
  body.limit(api.rules.maxRequestBodyBytes);
  const identity = await clientIdentityWithSoap(request, body, group, context.sessions);
  if (response.destroyed) return;
  if (body.isTooLarge) {
    answerError(context, exchange, gatewayErrors.bodyTooLarge);
    return;
  }
  if (group.credentials && !(await isPrepared(context, exchange, group.credentials))) return;
  const session = context.sessions.identify(group, identity, context.now(), context.wallClock());
  noteGroup(decision, group, session);
  const tried = new Set<string>();
  let last: Unsettled | undefined;
  for (;;) {
    const selection = pickFor(context, group, tried, session);
    const attempt = decision.chose(selection, context.decisions.passedBy, context.now());
    if (selection.kind === "refusal") {
      if (last === undefined) answerError(context, exchange, refused(group, selection, context.now()));
      else answerLast(context, exchange, last);
      return;
    }
    if (last?.kind === "answered") passOn(context, last);
    tried.add(selection.endpoint.id);
    last = await attemptAt(context, exchange, destination, session, selection, attempt);
    if (last === undefined) return;
  }
}

/** Gets what the endpoints are shown; false when the request is over, because it cannot be had or the client has left. */
async function isPrepared(
  context: ExchangeContext,
  exchange: Exchange,
  credentials: EndpointCredentials,
): Promise<boolean> {
  const since = context.now();
  try {
    const prepared = credentials.prepare();
    if (prepared) await prepared;
    exchange.decision.secured(credentials.kind, prepared ? context.now() - since : 0);
    return !exchange.response.destroyed;
  } catch {
    // Why, the credentials have told the log, once for all requests that need them.
    exchange.decision.secured(credentials.kind, context.now() - since);
    if (!exchange.response.destroyed) answerError(context, exchange, gatewayErrors.noCredentials);
    return false;
  }
}

/** There is no other endpoint: the client gets the last one's answer as it is, or its code. */
function answerLast(context: ExchangeContext, exchange: Exchange, last: Unsettled): void {
  exchange.decision.noRetry = "no-endpoint-left";
  if (last.kind === "failed") answerError(context, exchange, attemptFailed(last.code));
  else answerWith(context, exchange, last.answered);
}

/** There is another endpoint: the answer with the failover status is given up. */
function passOn(
  { metrics, now }: ExchangeContext,
  { answered, trace, discard }: Unsettled & { kind: "answered" },
): void {
  trace.answered(answered.upstream.statusCode ?? 0, now(), "passed-on");
  metrics.countAttempt("passed-on");
  discard();
}

function answerWith(context: ExchangeContext, { response, incoming, body }: Exchange, answered: Answered): void {
  context.metrics.countAttempt("success");
  forwardResponse(context, response, incoming, answered, body.isWithheld);
}

/** One endpoint's part in an exchange. What came of it if another endpoint may be tried, else undefined. */
async function attemptAt(
  context: ExchangeContext,
  exchange: Exchange,
  destination: Destination,
  session: RequestSession,
  selection: Selection,
  firstAttempt: AttemptTrace,
): Promise<Unsettled | undefined> {
  const { request, body, record, decision } = exchange;
  const { group } = destination;
  const { endpoint } = selection;
  record.endpoint = endpoint.id;
  const { result, trace } = await sendTo(context, exchange, destination, selection, firstAttempt);
  switch (result.kind) {
    case "response": {
      const answered = { destination, session, selection, upstream: result.response, decision };
      if (isFailoverStatus(group, result.response)) {
        const asked = retryAfterMs(result.response.rawHeaders, context.wallClock());
        group.settle(selection, { kind: "status", retryAfterMs: asked }, context.now());
        const reason = whyNotPassOn(
          group.settings,
          { method: request.method ?? "", isIdempotent: isIdempotent(request) },
          body.canReplay,
        );
        if (reason === undefined) return { kind: "answered", answered, trace, discard: result.discard };
        decision.noRetry = reason;
      } else group.settle(selection, { kind: "success" }, context.now());
      answerWith(context, exchange, answered);
      return undefined;
    }
    case "client-gone":
      group.settle(selection, { kind: "void" }, context.now());
      return undefined;
    case "client-at-fault":
      group.settle(selection, { kind: "void" }, context.now());
      answerError(context, exchange, result.error);
      return undefined;
    case "error": {
      // A connection that was closed while it was idle says nothing of the endpoint.
      const { code, wasSent, isStale } = result;
      group.settle(selection, isStale ? { kind: "void" } : { kind: "error", code }, context.now());
      context.metrics.countAttempt(String(code));
      const failed = { code, wasSent, policy: endpoint.policy };
      const rules = { mayFailOver: group.mayFailOver, retryNonIdempotent: group.settings.retryNonIdempotent };
      const reason = whyNotTryAnother(rules, failed, isIdempotent(request), body.canReplay);
      if (reason === undefined) return { kind: "failed", code };
      decision.noRetry = reason;
      answerError(context, exchange, attemptFailed(code));
      return undefined;
    }
  }
}

/**
 * Sends the request to one endpoint; once more, on a new connection, when it met one that had been closed while idle; and
 * once more when the endpoint wants other credentials than it was shown.
 */
async function sendTo(
  context: ExchangeContext,
  { request, response, incoming, body, record, decision }: Exchange,
  { api, path }: Destination,
  { endpoint }: Selection,
  firstAttempt: AttemptTrace,
): Promise<{ result: AttemptResult; trace: AttemptTrace }> {
  const { ownFields } = api.rules;
  const { credentials, target } = endpoint;
  const origin = `${target.protocol}//${target.host}`;
  const method = request.method ?? "";
  const ownPath = upstreamPath(target, path, withoutQueryKey(incoming.search, ownFields));
  let trace = firstAttempt;
  let needsNewConnection = false;
  let hasRenewed = false;
  for (;;) {
    record.attempts += 1;
    const own = upstreamHeaders(request, incoming, target, ownFields);
    const { requestEdits } = api.rules;
    const headers = requestEdits ? editFields(own, requestEdits) : own;
    const authorization = credentials?.authorize({ method, path: ownPath, origin });
    const sentPath = authorization ? applyAuthorization(authorization, headers, ownPath) : ownPath;
    if (body.isWithheld) headers.push("Expect", "100-continue");
    const result = await context.forwarder.send({
      request,
      response,
      endpoint,
      path: sentPath,
      headers,
      body,
      needsNewConnection,
      clientIdleMs: context.idleMs.body,
      trace,
    });
    noteResult(trace, result, context.now());
    if (isUnauthorized(result) && credentials && authorization && !hasRenewed && body.canReplay) {
      const challenges = fieldValues(result.response.rawHeaders, "www-authenticate");
      if (!(await credentials.renew({ origin, authorization, challenges }))) return { result, trace };
      if (response.destroyed) return { result, trace };
      result.discard();
      hasRenewed = true;
      trace = decision.repeated(context.now());
      continue;
    }
    if (result.kind !== "error" || !result.isStale || needsNewConnection) return { result, trace };
    if (!body.canReplay || (result.wasSent && !isIdempotent(request))) return { result, trace };
    needsNewConnection = true;
    trace = decision.repeated(context.now());
  }
}

/** Whether the endpoint did nothing but ask for other credentials. */
function isUnauthorized(result: AttemptResult): result is AttemptResult & { kind: "response" } {
  return result.kind === "response" && result.response.statusCode === 401;
}

/** Whether the group fails over on the status of a response. */
function isFailoverStatus({ settings }: GroupRuntime, { statusCode }: IncomingMessage): boolean {
  return statusCode !== undefined && settings.failoverStatuses?.statuses.includes(statusCode) === true;
}

function noteResult(trace: AttemptTrace, result: AttemptResult, now: number): void {
  switch (result.kind) {
    case "response":
      trace.answered(result.response.statusCode ?? 0, now);
      return;
    case "error":
      trace.failed(result.code, result.wasSent, result.isStale, now);
      return;
    case "client-gone":
    case "client-at-fault":
      trace.abandoned(now);
  }
}

function answerError(
  context: ExchangeContext,
  { request, response, incoming, body, record, decision }: Exchange,
  error: GatewayError,
): void {
  record.code = error.code;
  decision.answeredByGateway(error.status, error.code);
  // A client that was not told to go on may still send its body, or not: the connection cannot be used again.
  const isBodyUncertain = body.isWithheld && expectsContinue(request);
  const closes = isBodyUncertain || context.isDraining();
  const cors = record.api?.rules.cors;
  const more = [...decisionHeader(context.decisions, decision), ...ownCorsFields(cors, () => originOfRequest(request))];
  sendError(response, error, incoming.requestId, closes, more);
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
