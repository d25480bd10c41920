import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { ErrorCode } from "../../lib/model/error-code.ts";
import { applyAuthorization } from "../credentials/apply-authorization.ts";
import { decisionHeader } from "../decisions/decision-header.ts";
import type { AttemptTrace, DecisionTrace } from "../decisions/decision-trace.ts";
import type { EndpointRuntime } from "../endpoints/endpoint-runtime.ts";
import { upstreamPath } from "../routing/upstream-path.ts";
import { noteGroup, pickFor, refused } from "./choose-endpoint.ts";
import { clientIdentity } from "./client-identity.ts";
import { withoutQueryKey } from "./credentials.ts";
import { type Destination, findDestination } from "./destination.ts";
import { EarlyBytes } from "./early-bytes.ts";
import { endWithError } from "./error-answer.ts";
import type { ExchangeContext } from "./exchange-context.ts";
import { clientClosedRequest, type ExchangeRecord, newExchangeRecord, recordExchange } from "./exchange-record.ts";
import { editFields, responseEdits } from "./field-edits.ts";
import { sessionCookies } from "./forward-response.ts";
import { attemptFailed, type GatewayError, gatewayErrors } from "./gateway-error.ts";
import { fieldValues } from "./headers.ts";
import { type Incoming, readIncoming } from "./incoming.ts";
import { originOf } from "./preflight.ts";
import { reasonPhrase } from "./relay-response.ts";
import { whyNotTryAnother } from "./retry-rules.ts";
import { joinStreams } from "./tunnel.ts";
import { sendUpgrade, type UpgradeAnswer, type UpgradeResult } from "./upgrade-attempt.ts";
import { downstreamHeaders, upstreamHeaders } from "./upstream-headers.ts";

type Upgrade = {
  request: IncomingMessage;
  client: Duplex;
  early: EarlyBytes;
  incoming: Incoming;
  record: ExchangeRecord;
  decision: DecisionTrace;
  /** Counts the handshake, once. */
  conclude: (status: number) => void;
};

/** Serves an upgrade to WebSocket: the same way as any request up to the endpoint's answer, then as a tunnel. */
export async function serveUpgrade(
  context: ExchangeContext,
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
): Promise<void> {
  client.on("error", () => client.destroy());
  const startedAt = context.now();
  const incoming = readIncoming(request);
  const record = newExchangeRecord();
  const decision = context.decisions.begin(request.method ?? "", incoming, true, startedAt);
  let isConcluded = false;
  const conclude = (status: number) => {
    if (isConcluded) return;
    isConcluded = true;
    const durationMs = context.now() - startedAt;
    recordExchange(context, incoming, { method: request.method, status, durationMs }, record);
    context.decisions.end(decision, status, status !== clientClosedRequest, durationMs);
  };
  client.once("close", () => conclude(clientClosedRequest));
  const upgrade = { request, client, early: new EarlyBytes(client, head), incoming, record, decision, conclude };
  try {
    const found = findDestination(context, request, incoming, decision);
    const destination = found instanceof Promise ? await found : found;
    if (client.destroyed) return;
    if (destination.api) record.api = destination.api;
    if (destination.kind === "rejection") answerError(context, upgrade, destination.error);
    else await serveFrom(context, upgrade, destination);
  } catch (error) {
    const stack = error instanceof Error ? error.stack : String(error);
    context.log.error({ requestId: incoming.requestId, error: stack }, "upgrade failed in the gateway");
    answerError(context, upgrade, gatewayErrors.fault);
  }
}

async function serveFrom(context: ExchangeContext, upgrade: Upgrade, destination: Destination): Promise<void> {
  const { request, client, incoming, record, decision } = upgrade;
  const { group } = destination;
  record.keyType = group.keyType;
  const { credentials } = group;
  if (credentials) {
    const since = context.now();
    try {
      await credentials.prepare();
    } catch {
      if (!client.destroyed) answerError(context, upgrade, gatewayErrors.noCredentials);
      return;
    } finally {
      decision.secured(credentials.kind, context.now() - since);
    }
    if (client.destroyed) return;
  }
  const session = context.sessions.identify(group, clientIdentity(request), context.now(), context.wallClock());
  noteGroup(decision, group, session);
  const tried = new Set<string>();
  let lastCode: ErrorCode | undefined;
  for (;;) {
    const selection = pickFor(context, group, tried, session);
    const attempt = decision.chose(selection, context.decisions.passedBy, context.now());
    if (selection.kind === "refusal") {
      if (lastCode !== undefined) decision.noRetry = "no-endpoint-left";
      answerError(
        context,
        upgrade,
        lastCode === undefined ? refused(group, selection, context.now()) : attemptFailed(lastCode),
      );
      return;
    }
    const { endpoint } = selection;
    tried.add(endpoint.id);
    record.endpoint = endpoint.id;
    record.attempts += 1;
    const result = await shakeHands(context, upgrade, destination, endpoint, attempt);
    if (result.kind === "client-gone") {
      attempt.abandoned(context.now());
      group.settle(selection, { kind: "void" }, context.now());
      return;
    }
    if (result.kind === "error") {
      attempt.failed(result.code, result.wasSent, false, context.now());
      group.settle(selection, { kind: "error", code: result.code }, context.now());
      context.metrics.countAttempt(String(result.code));
      lastCode = result.code;
      const rules = { mayFailOver: group.mayFailOver, retryNonIdempotent: group.settings.retryNonIdempotent };
      // A handshake is a GET without a body.
      const failed = { code: result.code, wasSent: result.wasSent, policy: endpoint.policy };
      const reason = whyNotTryAnother(rules, failed, true, true);
      if (reason === undefined) continue;
      decision.noRetry = reason;
      answerError(context, upgrade, attemptFailed(result.code));
      return;
    }
    attempt.answered(result.response.statusCode ?? 0, context.now());
    group.settle(selection, { kind: "success" }, context.now());
    context.metrics.countAttempt("success");
    const setCookies = sessionCookies(context, request, incoming, {
      destination,
      session,
      selection,
      upstream: result.response,
      decision,
    });
    const tunnel = { onEndpointRemoved: () => client.destroy() };
    context.openRequests.begin(endpoint, tunnel);
    client.once("close", () => context.openRequests.over(endpoint, tunnel));
    passAnswerOn(context, upgrade, destination, result, setCookies);
    return;
  }
}

/** Asks one endpoint; once more when it wants other credentials than it was shown. */
async function shakeHands(
  context: ExchangeContext,
  { request, client, incoming }: Upgrade,
  { api, path }: Destination,
  endpoint: EndpointRuntime,
  attempt: AttemptTrace,
): Promise<UpgradeResult> {
  const { ownFields } = api.rules;
  const { credentials, target } = endpoint;
  const origin = `${target.protocol}//${target.host}`;
  const method = request.method ?? "GET";
  const ownPath = upstreamPath(target, path, withoutQueryKey(incoming.search, ownFields));
  for (let hasRenewed = false; ; hasRenewed = true) {
    const own = upstreamHeaders(request, incoming, target, ownFields);
    const { requestEdits } = api.rules;
    const headers = requestEdits ? editFields(own, requestEdits) : own;
    const authorization = credentials?.authorize({ method, path: ownPath, origin });
    const sentPath = authorization ? applyAuthorization(authorization, headers, ownPath) : ownPath;
    headers.push("Connection", "Upgrade", "Upgrade", fieldValues(request.rawHeaders, "upgrade")[0] ?? "websocket");
    const head = { method, path: sentPath, headers };
    const result = await sendUpgrade(head, endpoint, client, context.openRequests, attempt);
    if (result.kind !== "answered" || result.response.statusCode !== 401 || hasRenewed) return result;
    if (!credentials || !authorization) return result;
    const challenges = fieldValues(result.response.rawHeaders, "www-authenticate");
    if (!(await credentials.renew({ origin, authorization, challenges }))) return result;
    result.response.destroy();
  }
}

/** The endpoint's answer, and then the tunnel, or the body of an answer that was no upgrade. */
function passAnswerOn(
  context: ExchangeContext,
  upgrade: Upgrade,
  { api, limitFields }: Destination,
  answer: UpgradeAnswer,
  setCookies: string[],
): void {
  const { request, client, early, incoming, decision, conclude } = upgrade;
  const { response } = answer;
  conclude(response.statusCode ?? 502);
  const own = downstreamHeaders(response.rawHeaders, incoming.requestId, setCookies, false);
  const edits = responseEdits(api.rules, () => originOf((name) => fieldValues(request.rawHeaders, name)));
  const headers = edits ? editFields(own, edits) : own;
  headers.push(...decisionHeader(context.decisions, decision));
  if (limitFields) headers.push(...limitFields);
  if (answer.kind === "upgraded") {
    headers.push("Connection", "Upgrade", "Upgrade", fieldValues(response.rawHeaders, "upgrade")[0] ?? "websocket");
  } else headers.push("Connection", "close");
  const lines = [`HTTP/1.1 ${response.statusCode} ${reasonPhrase(response)}`];
  for (let index = 0; index < headers.length; index += 2) lines.push(`${headers[index]}: ${headers[index + 1]}`);
  client.write(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  if (answer.kind === "upgraded") {
    joinStreams(
      { stream: client, head: early.take() },
      { stream: answer.socket, head: answer.head },
      context.idleMs.webSocket,
    );
    return;
  }
  // The body is delimited by the end of the connection. RFC 9112 §6.3.
  response.pipe(client);
  response.on("error", () => client.destroy());
  response.on("close", () => response.complete || client.destroy());
  client.on("close", () => response.destroy());
}

function answerError(
  context: ExchangeContext,
  { client, incoming, record, decision, conclude }: Upgrade,
  error: GatewayError,
): void {
  record.code = error.code;
  decision.answeredByGateway(error.status, error.code);
  conclude(error.status);
  endWithError(client, error, incoming.requestId, decisionHeader(context.decisions, decision));
}
