import type { ErrorCode } from "../../lib/model/error-code.ts";
import { decisionHeader } from "../decisions/decision-header.ts";
import type { AttemptTrace, DecisionTrace } from "../decisions/decision-trace.ts";
import type { EndpointRuntime } from "../endpoints/endpoint-runtime.ts";
import type { Refusal, Selection } from "../endpoints/group-runtime.ts";
import type { RequestSession } from "../endpoints/sessions/session-manager.ts";
import { noteGroup, pickFor, refused } from "../proxy/choose-endpoint.ts";
import { withoutQueryKey } from "../proxy/credentials.ts";
import { type Admitted, admitRequest, type Destination } from "../proxy/destination.ts";
import { clientClosedRequest, newExchangeRecord, recordExchange } from "../proxy/exchange-record.ts";
import { cookiePath } from "../proxy/forward-response.ts";
import { attemptFailed, type GatewayError, gatewayErrors } from "../proxy/gateway-error.ts";
import type { Incoming } from "../proxy/incoming.ts";
import { retryAfterValueMs } from "../proxy/retry-after.ts";
import { isIdempotentMethod, whyNotPassOn, whyNotTryAnother } from "../proxy/retry-rules.ts";
import type { GatewayApi } from "../routing/gateway-api.ts";
import type { RouteMatch } from "../routing/routing-table.ts";
import { upstreamPath } from "../routing/upstream-path.ts";
import type { ClientLink } from "./client-link.ts";
import { fieldId } from "./field-name.ts";
import { scanResult } from "./message-fields.ts";
import { incomingOf, methodOf, type ReadRequest } from "./read-request.ts";
import type { RequestHead } from "./request-head.ts";
import { RequestRelay } from "./request-relay.ts";
import type { ResponseHead } from "./response-head.ts";
import { upstreamHead } from "./upstream-head.ts";
import { type Arrived, type AttemptOwner, WireAttempt } from "./wire-attempt.ts";
import type { WireContext } from "./wire-context.ts";

const noTries: ReadonlySet<string> = new Set();
const success = { kind: "success" } as const;

/** An answer with a failover status, which the client gets if there is nobody else. */
type HeldAnswer = { attempt: WireAttempt; arrived: Arrived };

/**
 * One request on the wire: from its head to the end of its response, over as many attempts as the rules allow. It decides;
 * attempts carry octets.
 */
export class WireExchange implements AttemptOwner {
  readonly context: WireContext;
  readonly client: ClientLink;
  readonly body: RequestRelay;
  readonly responseHead: ResponseHead;
  at: number;
  readonly #buffer: Buffer;
  readonly #head: RequestHead;
  readonly #incoming: Incoming;
  readonly #method: string;
  readonly #startedAt: number;
  readonly #decision: DecisionTrace;
  readonly #record = newExchangeRecord();
  readonly #match: RouteMatch<GatewayApi> | undefined;
  readonly #isIdempotent: boolean;
  #destination: Destination | undefined;
  #session: RequestSession | undefined;
  #tried: Set<string> | undefined;
  #attempt: WireAttempt | undefined;
  /** The choice whose outcome the group has not been told. */
  #unsettled: Selection | undefined;
  /** Whether a connection that turns out to have been closed may be replaced by a new one. */
  #mayRepeat = true;
  #status = 0;
  #closes: boolean;
  #isOver = false;

  /** @param responseHead to read the responses with; both heads are somebody else's once the exchange is over */
  constructor(context: WireContext, client: ClientLink, request: ReadRequest, responseHead: ResponseHead) {
    const { buffer, head } = request;
    this.context = context;
    this.client = client;
    this.responseHead = responseHead;
    this.body = new RequestRelay(head.framing, head.contentLength, context.replayBudget);
    this.at = context.now();
    this.#buffer = buffer;
    this.#head = head;
    this.#startedAt = this.at;
    this.#match = request.match;
    this.#method = methodOf(buffer, head);
    this.#incoming = incomingOf(request, client.address);
    this.#closes = head.closes;
    this.#isIdempotent = isIdempotentMethod(this.#method) || head.fields.countOf(fieldId["idempotency-key"]) > 0;
    this.#decision = context.decisions.begin(this.#method, this.#incoming, false, this.#startedAt);
  }

  /** Whether more of the request's body is to come. */
  get needsBody(): boolean {
    return !this.body.isDone;
  }

  /** Whether the connection can carry another request after this one. */
  get closes(): boolean {
    return this.#closes || this.needsBody || this.context.isDraining();
  }

  get isHead(): boolean {
    return this.#method === "HEAD";
  }

  get mayFailOver(): boolean {
    return this.#serving().group.mayFailOver;
  }

  /**
   * Takes what has come of the body; then route, key, session, and the first attempt.
   *
   * @returns where reading goes on after `bodyStart`, negative when it does not
   */
  start(bodyStart: number): number {
    const end = this.needsBody ? this.body.measure(this.#buffer, bodyStart, this.#buffer.length) : bodyStart;
    if (end < 0) {
      this.#refuseBody(gatewayErrors.malformed);
      return end;
    }
    if (end > bodyStart) this.body.keep(this.#buffer.subarray(bodyStart, end), false);
    this.#route();
    return end;
  }

  /** Takes what belongs to the body of what has arrived. The position after it; negative when nothing more is read. */
  takeBody(buffer: Buffer, start: number, end: number): number {
    this.at = this.context.now();
    const after = this.body.measure(buffer, start, end);
    if (after < 0) {
      this.#refuseBody(gatewayErrors.malformed);
      return after;
    }
    if (this.#destination && this.body.announcedBytes > this.#destination.api.rules.maxRequestBodyBytes) {
      this.#refuseBody(gatewayErrors.bodyTooLarge);
      return scanResult.tooLarge;
    }
    if (after > start) this.#takePiece(buffer.subarray(start, after));
    return after;
  }

  onClientGone(): void {
    if (this.#isOver) return;
    this.at = this.context.now();
    this.#settle({ kind: "void" });
    const attempt = this.#attempt;
    const isDelivering = attempt?.isDelivering === true;
    if (!isDelivering) attempt?.trace.abandoned(this.at);
    attempt?.drop();
    this.#end(isDelivering ? this.#status : clientClosedRequest, false);
  }

  onClientDrain(): void {
    this.#attempt?.onClientDrain();
  }

  headFor({ target }: EndpointRuntime): string {
    const { api, path } = this.#serving();
    const { ownFields } = api.rules;
    return upstreamHead(this.#buffer, this.#head, {
      method: this.#method,
      path: upstreamPath(target, path, withoutQueryKey(this.#incoming.search, ownFields)),
      host: target.host,
      clientAddress: this.#incoming.clientAddress,
      requestId: this.#incoming.requestId,
      ownFields,
    });
  }

  onAnswered(attempt: WireAttempt, arrived: Arrived): void {
    const { settings } = this.#serving().group;
    const { status, fields } = this.responseHead;
    attempt.trace.answered(status, this.at);
    if (settings.failoverStatuses?.statuses.includes(status) !== true) {
      this.#settle(success);
      this.#respond(attempt, arrived);
      return;
    }
    const asked = retryAfterValueMs(fields.textOf(arrived.buffer, fieldId["retry-after"]), this.context.wallClock());
    this.#settle({ kind: "status", retryAfterMs: asked });
    const request = { method: this.#method, isIdempotent: this.#isIdempotent };
    const reason = whyNotPassOn(settings, request, this.body.canReplay);
    if (reason === undefined) {
      this.#choose({ attempt, arrived });
      return;
    }
    this.#decision.noRetry = reason;
    this.#respond(attempt, arrived);
  }

  onFailed(attempt: WireAttempt, code: ErrorCode, isOurs: boolean): void {
    if (this.#isOver) return;
    const { trace, selection, wasSent } = attempt;
    const isClosed = code === 101500 || code === 101505;
    const isStale = !isOurs && isClosed && attempt.isStale;
    trace.failed(code, wasSent, isStale, this.at);
    if (isStale && this.#mayRepeat && this.body.canReplay && this.#isIdempotent) {
      this.#mayRepeat = false;
      this.#try(selection, this.#decision.repeated(this.at), true);
      return;
    }
    this.#settle(isStale ? { kind: "void" } : { kind: "error", code });
    this.context.metrics.countAttempt(String(code));
    const { group } = this.#serving();
    const failed = { code, wasSent, policy: selection.endpoint.policy };
    const rules = { mayFailOver: group.mayFailOver, retryNonIdempotent: group.settings.retryNonIdempotent };
    const reason = whyNotTryAnother(rules, failed, this.#isIdempotent, this.body.canReplay);
    if (reason === undefined) {
      this.#choose(undefined, code);
      return;
    }
    this.#decision.noRetry = reason;
    this.#answerError(attemptFailed(code));
  }

  onClientLate(): void {
    this.context.metrics.countConnectionEnd("slow-body");
    this.#settle({ kind: "void" });
    this.#attempt?.trace.abandoned(this.at);
    this.#answerError(gatewayErrors.slowClient);
  }

  onDelivered(isWhole: boolean): void {
    this.#end(this.#status, isWhole);
  }

  #route(): void {
    const { fields } = this.#head;
    const takesTokens = this.#match?.route.rules.tokens !== undefined;
    const credentials = {
      internalKey: fields.textOf(this.#buffer, fieldId["internal-key"]),
      apiKey: fields.textOf(this.#buffer, fieldId.apikey),
      authorization: takesTokens ? fields.joinedOf(this.#buffer, fieldId.authorization, ", ") : undefined,
    };
    const asked = {
      method: this.#method,
      search: this.#incoming.search,
      credentials,
      bodyBytes: this.body.announcedBytes,
    };
    const admitted = admitRequest(this.context, this.#match, asked, this.#decision);
    if (admitted instanceof Promise)
      admitted.then((late) => this.#onAdmitted(late)).catch((error) => this.client.onFault(error));
    else this.#enter(admitted);
  }

  /** A token has been checked: meanwhile the client may have left, or sent more than the API takes. */
  #onAdmitted(admitted: Admitted): void {
    if (this.#isOver) return;
    this.at = this.context.now();
    const isTooLarge =
      admitted.kind === "destination" && this.body.announcedBytes > admitted.api.rules.maxRequestBodyBytes;
    if (isTooLarge) this.#refuseBody(gatewayErrors.bodyTooLarge);
    else this.#enter(admitted);
  }

  #enter(destination: Admitted): void {
    if (destination.api) this.#record.api = destination.api;
    if (destination.kind === "rejection") {
      this.#answerError(destination.error);
      return;
    }
    this.#destination = destination;
    const { group } = destination;
    const { fields } = this.#head;
    this.#record.keyType = group.keyType;
    this.#session = this.context.sessions.identify(
      group,
      {
        cookie: fields.joinedOf(this.#buffer, fieldId.cookie, "; "),
        clientIdHeader: fields.textOf(this.#buffer, fieldId.clientid),
        soap: {},
      },
      this.#startedAt,
      this.context.wallClock(),
    );
    noteGroup(this.#decision, group, this.#session);
    this.#choose(undefined);
  }

  #choose(held: HeldAnswer | undefined, lastCode?: ErrorCode): void {
    const { group } = this.#serving();
    // The first endpoint is noted once there is to be a second one: seldom.
    if (this.#record.endpoint !== undefined) this.#tried = (this.#tried ?? new Set()).add(this.#record.endpoint);
    const chosen = pickFor(this.context, group, this.#tried ?? noTries, this.#sessionOf());
    const trace = this.#decision.chose(chosen, this.context.decisions.passedBy, this.at);
    if (chosen.kind === "refusal") {
      this.#answerLast(chosen, held, lastCode);
      return;
    }
    if (held) this.#passOn(held);
    this.#mayRepeat = true;
    this.#try(chosen, trace, false);
  }

  #answerLast(refusal: Refusal, held: HeldAnswer | undefined, lastCode: ErrorCode | undefined): void {
    const { group } = this.#serving();
    if (held === undefined && lastCode === undefined) {
      this.#answerError(refused(group, refusal, this.at));
      return;
    }
    this.#decision.noRetry = "no-endpoint-left";
    if (held) this.#respond(held.attempt, held.arrived);
    else if (lastCode !== undefined) this.#answerError(attemptFailed(lastCode));
  }

  #passOn({ attempt, arrived }: HeldAnswer): void {
    attempt.trace.answered(this.responseHead.status, this.at, "passed-on");
    this.context.metrics.countAttempt("passed-on");
    attempt.passOn(arrived);
  }

  #try(selection: Selection, trace: AttemptTrace, needsNewConnection: boolean): void {
    this.#record.endpoint = selection.endpoint.id;
    this.#record.attempts += 1;
    this.#unsettled = selection;
    this.#attempt = new WireAttempt(this, selection, trace);
    this.#attempt.start(needsNewConnection);
  }

  #takePiece(piece: Buffer): void {
    if (this.#isOver) return;
    if (this.#attempt) {
      this.#attempt.forward(piece);
      return;
    }
    this.body.keep(piece, false);
    this.client.pause();
  }

  /** The rest of the body is not read, so nobody can tell where the next request would begin. */
  #refuseBody(error: GatewayError): void {
    const attempt = this.#attempt;
    this.#closes = true;
    attempt?.drop();
    this.#settle({ kind: "void" });
    attempt?.trace.abandoned(this.at);
    if (attempt?.isDelivering) this.client.abort();
    else this.#answerError(error);
  }

  /** Gives the endpoint's response to the client, and binds the session to the endpoint. */
  #respond(attempt: WireAttempt, arrived: Arrived): void {
    const { context, responseHead } = this;
    context.metrics.countAttempt("success");
    this.body.release();
    this.#status = responseHead.status;
    const line = {
      requestId: this.#incoming.requestId,
      fields: this.#sessionFields(arrived.buffer, attempt.selection) + this.#decisionField() + this.#limitFields(),
      isChunkedHere: true,
      closes: this.#closes || context.isDraining(),
      date: context.date(),
    };
    const { idleMs } = context;
    attempt.deliver(arrived, line, responseHead.isEventStream(arrived.buffer) ? idleMs.eventStream : idleMs.body);
  }

  #sessionFields(buffer: Buffer, selection: Selection): string {
    const { api, group } = this.#serving();
    if (group.session.kind === "none") return "";
    const setCookies = this.responseHead.fields.textsOf(buffer, fieldId["set-cookie"]);
    const isSecure = this.#head.fields.textOf(this.#buffer, fieldId["x-forwarded-proto"]) === "https";
    const { sessions, now, wallClock } = this.context;
    const response = { setCookies, isSecure, cookiePath: cookiePath(api.context) };
    const added = sessions.onResponse(group, this.#sessionOf(), selection, response, now(), wallClock());
    return added.map((cookie) => `Set-Cookie: ${cookie}\r\n`).join("");
  }

  /** Only who tries an API out is told; looking at the credential is cheaper than asking. */
  #decisionField(): string {
    if (this.#decision.credential !== "try-out") return "";
    return fieldLines(decisionHeader(this.context.decisions, this.#decision));
  }

  #limitFields(): string {
    const fields = this.#destination?.limitFields;
    return fields ? fieldLines(fields) : "";
  }

  #settle(outcome: Parameters<Destination["group"]["settle"]>[1]): void {
    const selection = this.#unsettled;
    if (!selection) return;
    this.#unsettled = undefined;
    this.#destination?.group.settle(selection, outcome, this.at);
  }

  #answerError(error: GatewayError): void {
    const { decisions } = this.context;
    this.#record.code = error.code;
    this.#decision.answeredByGateway(error.status, error.code);
    this.#closes ||= error.closes === true;
    this.at = this.context.now();
    const more = decisionHeader(decisions, this.#decision);
    this.client.writeError(error, this.#incoming.requestId, { closes: this.closes, isHead: this.isHead, more });
    this.#end(error.status, true);
  }

  #end(status: number, isWhole: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.body.release();
    const { decisions } = this.context;
    const durationMs = this.at - this.#startedAt;
    recordExchange(this.context, this.#incoming, { method: this.#method, status, durationMs }, this.#record);
    decisions.end(this.#decision, status, isWhole, durationMs);
    this.client.onExchangeOver(this);
  }

  #serving(): Destination {
    if (!this.#destination) throw new Error("The request has no destination.");
    return this.#destination;
  }

  #sessionOf(): RequestSession {
    if (!this.#session) throw new Error("The request has no session.");
    return this.#session;
  }
}

function fieldLines(headers: readonly string[]): string {
  let text = "";
  for (let index = 0; index < headers.length; index += 2) text += `${headers[index]}: ${headers[index + 1]}\r\n`;
  return text;
}
