import { randomUUID } from "node:crypto";
import type { ErrorCode } from "../../lib/model/error-code.ts";
import { decisionHeader } from "../decisions/decision-header.ts";
import type { AttemptTrace, DecisionTrace } from "../decisions/decision-trace.ts";
import type { Refusal, Selection } from "../endpoints/group-runtime.ts";
import type { RequestSession } from "../endpoints/sessions/session-manager.ts";
import { AttemptError, type AttemptPhase, errorCodeOf } from "../proxy/attempt-error.ts";
import { noteGroup, pickFor, refused } from "../proxy/choose-endpoint.ts";
import { withoutQueryKey } from "../proxy/credentials.ts";
import { type Admitted, admitRequest, type Destination } from "../proxy/destination.ts";
import { clientClosedRequest, newExchangeRecord, recordExchange } from "../proxy/exchange-record.ts";
import { cookiePath } from "../proxy/forward-response.ts";
import { attemptFailed, type GatewayError, gatewayErrors } from "../proxy/gateway-error.ts";
import { isSaneRequestId } from "../proxy/headers.ts";
import type { Incoming } from "../proxy/incoming.ts";
import { retryAfterValueMs } from "../proxy/retry-after.ts";
import { isIdempotentMethod, whyNotPassOn, whyNotTryAnother } from "../proxy/retry-rules.ts";
import type { GatewayApi } from "../routing/gateway-api.ts";
import type { RouteMatch } from "../routing/routing-table.ts";
import { upstreamPath } from "../routing/upstream-path.ts";
import type { ClientLink } from "./client-link.ts";
import { downstreamHead } from "./downstream-head.ts";
import { fieldId } from "./field-name.ts";
import { scanResult } from "./message-fields.ts";
import type { RequestHead } from "./request-head.ts";
import { RequestRelay } from "./request-relay.ts";
import type { ResponseHead } from "./response-head.ts";
import { ResponseRelay } from "./response-relay.ts";
import { upstreamHead } from "./upstream-head.ts";
import type { LinkUser, UpstreamLink } from "./upstream-link.ts";
import type { WireContext } from "./wire-context.ts";

/** What is not larger goes out in one write as a string, octets: up to here Node writes strings without a copy of them. */
const maxJoinedBytes = 16 * 1024;

/**
 * An endpoint that closes an idle connection as we use it is heard of within a round trip. What comes later is about this
 * request, ms.
 */
const staleWithinMs = 1_000;

const never = Number.POSITIVE_INFINITY;
const noTries: ReadonlySet<string> = new Set();

/** Where a request is to go: its target as it came, the query with its question mark. */
export type Target = { path: string; search: string };

/** A request whose head has been read, in the buffer that it stands in; `match` is what its path led to. */
export type ReadRequest = {
  buffer: Buffer;
  head: RequestHead;
  target: Target;
  match: RouteMatch<GatewayApi> | undefined;
};

/** One request on the wire: from its head to the end of its response, over as many endpoints as the rules allow. */
export class WireExchange implements LinkUser {
  readonly #context: WireContext;
  readonly #client: ClientLink;
  readonly #buffer: Buffer;
  readonly #head: RequestHead;
  readonly #incoming: Incoming;
  readonly #method: string;
  readonly #startedAt: number;
  readonly #decision: DecisionTrace;
  readonly #record = newExchangeRecord();
  readonly #match: RouteMatch<GatewayApi> | undefined;
  readonly #body: RequestRelay;
  readonly #isIdempotent: boolean;
  #destination: Destination | undefined;
  #session: RequestSession | undefined;
  #tried: Set<string> | undefined;
  #selection: Selection | undefined;
  #trace: AttemptTrace | undefined;
  #link: UpstreamLink | undefined;
  #phase: AttemptPhase = "connecting";
  /** ms of the clock of deadlines. */
  #sentAt = 0;
  /** When what is being handled came, ms of the monotonic clock: it is read once for each event. */
  #at: number;
  #attemptAt = 0;
  #hasRead = false;
  #mayRepeat = true;
  /** Octets of a response's head that has not come to its end. */
  #partial: Buffer | undefined;
  readonly #responseHead: ResponseHead;
  #response: ResponseRelay | undefined;
  #status = 0;
  #closes = false;
  #idleMs: number;
  #isOver = false;
  /** Pieces of the body that wait for the end of this turn of the event loop. */
  #pieces: Buffer[] | undefined;

  /** @param responseHead to read the responses with; both heads are somebody else's once the exchange is over */
  constructor(
    context: WireContext,
    client: ClientLink,
    { buffer, head, target, match }: ReadRequest,
    responseHead: ResponseHead,
  ) {
    this.#context = context;
    this.#client = client;
    this.#buffer = buffer;
    this.#head = head;
    this.#responseHead = responseHead;
    this.#at = context.now();
    this.#startedAt = this.#at;
    this.#match = match;
    this.#method = methodOf(buffer, head);
    this.#incoming = incomingOf(buffer, head, target, client.address);
    this.#body = new RequestRelay(head.framing, head.contentLength, context.replayBudget);
    this.#idleMs = context.idleMs.body;
    this.#closes = head.closes;
    this.#isIdempotent = isIdempotentMethod(this.#method) || head.fields.countOf(fieldId["idempotency-key"]) > 0;
    this.#decision = context.decisions.begin(this.#method, this.#incoming, false, this.#startedAt);
  }

  /** Whether more of the request's body is to come. */
  get needsBody(): boolean {
    return !this.#body.isDone;
  }

  /** Whether the request is over for the client, and what follows may be read. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether the connection can carry another request after this one. */
  get closes(): boolean {
    return this.#closes || this.needsBody || this.#context.isDraining();
  }

  /**
   * Takes what has come of the body; then route, key, session, and the first attempt.
   *
   * @returns where reading goes on after `bodyStart`, negative when it does not
   */
  start(bodyStart: number): number {
    const end = this.needsBody ? this.#body.measure(this.#buffer, bodyStart, this.#buffer.length) : bodyStart;
    if (end < 0) {
      this.#refuseBody(gatewayErrors.malformed);
      return end;
    }
    if (end > bodyStart) this.#body.keep(this.#buffer.subarray(bodyStart, end), false);
    this.#route();
    return end;
  }

  #route(): void {
    const { fields } = this.#head;
    const takesTokens = this.#match?.route.rules.tokens !== undefined;
    const credentials = {
      internalKey: fields.textOf(this.#buffer, fieldId["internal-key"]),
      apiKey: fields.textOf(this.#buffer, fieldId.apikey),
      authorization: takesTokens ? joinedFields(this.#buffer, this.#head, fieldId.authorization, ", ") : undefined,
    };
    const asked = {
      method: this.#method,
      search: this.#incoming.search,
      credentials,
      bodyBytes: this.#body.announcedBytes,
    };
    const admitted = admitRequest(this.#context, this.#match, asked, this.#decision);
    if (admitted instanceof Promise) admitted.then(this.#onAdmitted).catch((error) => this.onFault(error));
    else this.#enter(admitted);
  }

  /** A token has been checked: meanwhile the client may have left, or sent more than the API takes. */
  readonly #onAdmitted = (admitted: Admitted): void => {
    if (this.#isOver) return;
    this.#at = this.#context.now();
    const isTooLarge =
      admitted.kind === "destination" && this.#body.announcedBytes > admitted.api.rules.maxRequestBodyBytes;
    if (isTooLarge) this.#refuseBody(gatewayErrors.bodyTooLarge);
    else this.#enter(admitted);
  };

  #enter(destination: Admitted): void {
    if (destination.api) this.#record.api = destination.api;
    if (destination.kind === "rejection") {
      this.#answerError(destination.error);
      return;
    }
    this.#destination = destination;
    const { group } = destination;
    this.#record.keyType = group.keyType;
    this.#session = this.#context.sessions.identify(
      group,
      {
        cookie: joinedFields(this.#buffer, this.#head, fieldId.cookie, "; "),
        clientIdHeader: this.#head.fields.textOf(this.#buffer, fieldId.clientid),
        soap: {},
      },
      this.#startedAt,
      this.#context.wallClock(),
    );
    noteGroup(this.#decision, group, this.#session);
    this.#choose(undefined);
  }

  /** Takes what belongs to the body of what has arrived. The position after it; negative when nothing more is read. */
  takeBody(buffer: Buffer, start: number, end: number): number {
    this.#at = this.#context.now();
    const after = this.#body.measure(buffer, start, end);
    if (after < 0) {
      this.#refuseBody(gatewayErrors.malformed);
      return after;
    }
    if (this.#destination && this.#body.announcedBytes > this.#destination.api.rules.maxRequestBodyBytes) {
      this.#refuseBody(gatewayErrors.bodyTooLarge);
      return scanResult.tooLarge;
    }
    const piece = buffer.subarray(start, after);
    if (piece.length > 0) this.#forward(piece);
    return after;
  }

  /** The rest of the body is not read, so nobody can tell where the next request would begin. */
  #refuseBody(error: GatewayError): void {
    this.#closes = true;
    this.#dropLink();
    this.#settle({ kind: "void" });
    this.#trace?.abandoned(this.#at);
    if (this.#response) this.#client.abort();
    else this.#answerError(error);
  }

  onClientGone(): void {
    if (this.#isOver) return;
    this.#at = this.#context.now();
    this.#settle({ kind: "void" });
    if (this.#phase !== "reading" || !this.#response) this.#trace?.abandoned(this.#at);
    this.#dropLink();
    this.#end(this.#response ? this.#status : clientClosedRequest, false);
  }

  onClientDrain(): void {
    this.#link?.socket.resume();
    this.#moved();
  }

  onConnected(): void {
    this.#at = this.#context.now();
    this.#trace?.connected(false, this.#at - this.#attemptAt);
    this.#send();
  }

  onUpstreamData(buffer: Buffer, end: number): void {
    this.#at = this.#context.now();
    this.#hasRead = true;
    if (this.#response) {
      this.#relay(this.#response, buffer, end);
      return;
    }
    this.#phase = "reading";
    if (this.#partial === undefined) {
      this.#readHead(buffer, end);
      return;
    }
    const whole = Buffer.concat([this.#partial, buffer.subarray(0, end)]);
    this.#partial = undefined;
    this.#readHead(whole, whole.length);
  }

  onUpstreamDrain(): void {
    this.#client.resume();
    this.#awaitClient();
  }

  onUpstreamClosed(error: Error | undefined): void {
    this.#at = this.#context.now();
    this.#leaveLink();
    const { bodyEnd } = this;
    if (bodyEnd) {
      bodyEnd();
      return;
    }
    if (this.#response) {
      this.#abortResponse();
      return;
    }
    this.#fail(error ? errorCodeOf(error, this.#phase) : closedCode(this.#phase), false);
  }

  onFault(error: unknown): void {
    this.#client.onFault(error);
    this.#dropLink();
  }

  onUpstreamDeadline(): void {
    this.#at = this.#context.now();
    if (this.#response) {
      if (this.#client.socket.writableLength > 0) this.#context.metrics.countConnectionEnd("slow-reader");
      this.#dropLink();
      this.#abortResponse();
      return;
    }
    const isClientLate = this.#phase !== "connecting" && this.needsBody && !this.#link?.socket.writableNeedDrain;
    const code = this.#phase === "connecting" ? 101508 : 101504;
    this.#dropLink();
    if (isClientLate) {
      this.#giveUpOnClient();
      return;
    }
    this.#fail(code, true);
  }

  /** Ends a body that is delimited by the end of the connection; undefined for any other. */
  get bodyEnd(): (() => void) | undefined {
    if (this.#response?.framing !== "close") return undefined;
    return () => {
      this.#client.write(lastChunk);
      this.#finish(undefined);
    };
  }

  #giveUpOnClient(): void {
    this.#context.metrics.countConnectionEnd("slow-body");
    this.#settle({ kind: "void" });
    this.#trace?.abandoned(this.#at);
    this.#answerError(gatewayErrors.slowClient);
  }

  /** @param held the response with a failover status that goes to the client if there is nobody else */
  #choose(held: HeldResponse | undefined, lastCode?: ErrorCode): void {
    const { group } = this.#serving();
    // The first endpoint is noted once there is to be a second one: seldom.
    if (this.#record.endpoint !== undefined) this.#tried = (this.#tried ?? new Set()).add(this.#record.endpoint);
    const chosen = pickFor(this.#context, group, this.#tried ?? noTries, this.#sessionOf());
    const trace = this.#decision.chose(chosen, this.#context.decisions.passedBy, this.#at);
    if (chosen.kind === "refusal") {
      this.#answerLast(chosen, held, lastCode);
      return;
    }
    if (held) this.#passOn(held);
    this.#attempt(chosen, trace);
  }

  #answerLast(refusal: Refusal, held: HeldResponse | undefined, lastCode: ErrorCode | undefined): void {
    const { group } = this.#serving();
    if (held === undefined && lastCode === undefined) {
      this.#answerError(refused(group, refusal, this.#at));
      return;
    }
    this.#decision.noRetry = "no-endpoint-left";
    if (held) this.#respond(held.arrived, held.selection);
    else if (lastCode !== undefined) this.#answerError(attemptFailed(lastCode));
  }

  /** The answer is given up for another one; its connection is kept if all of it is there. */
  #passOn({ trace, arrived: { buffer, after, end } }: HeldResponse): void {
    const head = this.#responseHead;
    trace.answered(head.status, this.#at, "passed-on");
    this.#context.metrics.countAttempt("passed-on");
    const response = new ResponseRelay(head.framing, head.contentLength);
    const isWhole = response.measure(buffer, after, end) === end && response.isDone;
    const link = this.#leaveLink();
    if (link && isWhole && !head.closes && this.#body.isDone) this.#context.pool.giveBack(link);
    else link?.destroy();
  }

  #attempt(selection: Selection, trace: AttemptTrace, needsNewConnection = false): void {
    const { endpoint } = selection;
    const { pool } = this.#context;
    if (!needsNewConnection) {
      this.#mayRepeat = true;
    }
    this.#record.endpoint = endpoint.id;
    this.#record.attempts += 1;
    this.#selection = selection;
    this.#trace = trace;
    this.#attemptAt = this.#at;
    this.#hasRead = false;
    this.#partial = undefined;
    // They stand in the backlog as well, from where the next endpoint gets them.
    if (this.#pieces) this.#pieces.length = 0;
    const idle = needsNewConnection ? undefined : pool.take(endpoint);
    const link = idle ?? pool.connect(endpoint);
    this.#link = link;
    link.user = this;
    if (idle) {
      trace.connected(true, 0);
      this.#send();
      return;
    }
    this.#phase = "connecting";
    link.deadlineAt = this.#context.deadlines.in(endpoint.policy.connectTimeoutMs);
  }

  /** The head, and what there is of the body. */
  #send(): void {
    const link = this.#link;
    if (!link) return;
    const { api, path } = this.#serving();
    const { target } = link.endpoint;
    const { ownFields } = api.rules;
    const line = {
      method: this.#method,
      path: upstreamPath(target, path, withoutQueryKey(this.#incoming.search, ownFields)),
      host: target.host,
      clientAddress: this.#incoming.clientAddress,
      requestId: this.#incoming.requestId,
      ownFields,
    };
    this.#phase = "waiting";
    this.#sentAt = this.#context.deadlines.now;
    let head = upstreamHead(this.#buffer, this.#head, line);
    let sent = 0;
    const [first] = this.#body.backlog;
    if (first !== undefined && head.length + first.length <= maxJoinedBytes) {
      head += first.toString("latin1");
      sent = 1;
    }
    link.write(head);
    for (; sent < this.#body.backlog.length; sent += 1) link.write(this.#body.backlog[sent] ?? "");
    this.#body.onSent();
    this.#client.resume();
    this.#awaitClient();
  }

  #forward(piece: Buffer): void {
    const link = this.#link;
    const isSent = link !== undefined && this.#phase !== "connecting";
    if (this.#isOver || this.#response) {
      // Answered already: the rest of the request is of interest to the endpoint that reads it, if it does.
      if (link && !link.socket.destroyed && !link.write(piece)) this.#client.pause();
      this.#moved();
      return;
    }
    // For another endpoint, or for the same one when its idle connection turns out to be closed.
    if (!isSent || this.#serving().group.mayFailOver || link.uses > 0) this.#body.keep(piece, isSent);
    if (!isSent) {
      this.#client.pause();
      return;
    }
    // An endpoint may answer and close without reading on. Writing to it then fails, and what it said would be lost, so
    // everything that has arrived by now is read before anything is written.
    if (this.#pieces === undefined) {
      this.#pieces = [];
      setImmediate(this.#writePieces);
    }
    this.#pieces.push(piece);
  }

  readonly #writePieces = (): void => {
    const pieces = this.#pieces ?? [];
    this.#pieces = undefined;
    const link = this.#link;
    // Another endpoint gets them from what is kept.
    if (!link || this.#isOver || this.#phase === "connecting") return;
    for (const piece of pieces) if (!link.write(piece)) this.#client.pause();
    this.#awaitClient();
  };

  /** Whose turn it is: the endpoint's while it takes nothing or has everything, the client's while more is to come. */
  #awaitClient(): void {
    const link = this.#link;
    if (!link || this.#response) return;
    const isEndpointsTurn = !this.needsBody || link.socket.writableNeedDrain;
    const ms = isEndpointsTurn ? link.endpoint.policy.responseTimeoutMs : this.#context.idleMs.body;
    link.deadlineAt = this.#context.deadlines.in(ms);
  }

  #readHead(buffer: Buffer, end: number): void {
    let start = 0;
    for (;;) {
      const after = this.#responseHead.scan(buffer, start, end, this.#method === "HEAD");
      if (after === scanResult.incomplete) {
        this.#partial = Buffer.from(buffer.subarray(start, end));
        return;
      }
      const { status } = this.#responseHead;
      if (after < 0 || status === 101) {
        this.#dropLink();
        this.#fail(101506, true);
        return;
      }
      if (status >= 200) {
        this.#onResponse({ buffer, start, after, end });
        return;
      }
      // Early hints and their like are passed on; 100 answers an expectation that this path does not serve.
      if (status !== 100) this.#client.write(buffer.toString("latin1", start, after));
      start = after;
      if (start === end) return;
    }
  }

  #onResponse(arrived: Arrived): void {
    const { group } = this.#serving();
    const selection = this.#selection;
    const trace = this.#trace;
    if (!selection || !trace) return;
    const { status, fields } = this.#responseHead;
    trace.answered(status, this.#at);
    if (group.settings.failoverStatuses?.statuses.includes(status) !== true) {
      this.#settle(success);
      this.#respond(arrived, selection);
      return;
    }
    const held: HeldResponse = { arrived, selection, trace };
    const asked = retryAfterValueMs(fields.textOf(arrived.buffer, fieldId["retry-after"]), this.#context.wallClock());
    this.#settle({ kind: "status", retryAfterMs: asked });
    const request = { method: this.#method, isIdempotent: this.#isIdempotent };
    const reason = whyNotPassOn(group.settings, request, this.#body.canReplay);
    if (reason === undefined) {
      this.#choose(held);
      return;
    }
    this.#decision.noRetry = reason;
    this.#respond(held.arrived, held.selection);
  }

  /** Gives the endpoint's response to the client, and binds the session to the endpoint. */
  #respond({ buffer, start, after, end }: Arrived, selection: Selection): void {
    const { metrics, isDraining } = this.#context;
    const head = this.#responseHead;
    metrics.countAttempt("success");
    this.#body.release();
    this.#status = head.status;
    const response = new ResponseRelay(head.framing, head.contentLength);
    this.#response = response;
    if (isEventStream(buffer, head)) this.#idleMs = this.#context.idleMs.eventStream;
    const line = {
      requestId: this.#incoming.requestId,
      fields: this.#furtherFields(buffer, selection) + this.#decisionField() + this.#limitFields(),
      isChunkedHere: true,
      closes: this.#closes || isDraining(),
      date: this.#context.date(),
    };
    const text = downstreamHead(buffer, start, head, line);
    const bodyEnd = response.measure(buffer, after, end);
    if (bodyEnd < 0) {
      this.#client.write(text);
      this.#dropLink();
      this.#abortResponse();
      return;
    }
    const isJoined = text.length + bodyEnd - after <= maxJoinedBytes && head.framing !== "close";
    if (isJoined) this.#writeToClient(bodyEnd > after ? text + buffer.toString("latin1", after, bodyEnd) : text);
    else {
      this.#client.write(text);
      if (bodyEnd > after) this.#write(response, buffer, after, bodyEnd);
    }
    if (response.isDone) {
      this.#finish(bodyEnd === end ? head : undefined);
      return;
    }
    this.#moved();
  }

  /** Only who tries an API out is told; looking at the credential is cheaper than asking. */
  #decisionField(): string {
    if (this.#decision.credential !== "try-out") return "";
    return flat(decisionHeader(this.#context.decisions, this.#decision));
  }

  #limitFields(): string {
    const fields = this.#destination?.limitFields;
    return fields ? flat(fields) : "";
  }

  #furtherFields(buffer: Buffer, selection: Selection): string {
    const { api, group } = this.#serving();
    if (group.session.kind === "none") return "";
    const { fields } = this.#responseHead;
    const setCookies: string[] = [];
    if (fields.countOf(fieldId["set-cookie"]) > 0) {
      for (let index = 0; index < fields.count; index += 1)
        if (fields.id(index) === fieldId["set-cookie"]) setCookies.push(fields.text(buffer, index));
    }
    const isSecure = this.#head.fields.textOf(this.#buffer, fieldId["x-forwarded-proto"]) === "https";
    const { sessions, now, wallClock } = this.#context;
    const response = { setCookies, isSecure, cookiePath: cookiePath(api.context) };
    const added = sessions.onResponse(group, this.#sessionOf(), selection, response, now(), wallClock());
    return added.map((cookie) => `Set-Cookie: ${cookie}\r\n`).join("");
  }

  #relay(response: ResponseRelay, buffer: Buffer, end: number): void {
    const bodyEnd = response.measure(buffer, 0, end);
    if (bodyEnd < 0) {
      this.#dropLink();
      this.#abortResponse();
      return;
    }
    if (bodyEnd > 0) this.#write(response, buffer, 0, bodyEnd);
    if (response.isDone) {
      this.#finish(bodyEnd === end ? this.#responseHead : undefined);
      return;
    }
    this.#moved();
  }

  /** Small pieces go out as strings, large ones as copies: the next read is into the same buffer. */
  #write({ framing }: ResponseRelay, buffer: Buffer, start: number, end: number): void {
    const isCut = framing === "close";
    if (end - start <= maxJoinedBytes) {
      const text = buffer.toString("latin1", start, end);
      this.#writeToClient(isCut ? `${text.length.toString(16)}\r\n${text}\r\n` : text);
      return;
    }
    const { octets } = this.#context;
    const piece = octets.copyOf(buffer, start, end);
    if (isCut) this.#client.write(`${piece.length.toString(16)}\r\n`);
    const isTaken = this.#client.writePiece(piece, (error) => {
      if (!error) octets.giveBack(piece);
    });
    if (!isTaken) this.#link?.socket.pause();
    if (isCut) this.#writeToClient("\r\n");
  }

  #writeToClient(octets: Buffer | string): void {
    if (!this.#client.write(octets)) this.#link?.socket.pause();
  }

  /** @param head the response's, when nothing came after its end: then the connection may serve again */
  #finish(head: ResponseHead | undefined): void {
    const link = this.#leaveLink();
    if (link) {
      link.user = undefined;
      link.deadlineAt = never;
      if (head && !head.closes && this.#body.isDone) {
        if (link.socket.isPaused()) link.socket.resume();
        this.#context.pool.giveBack(link);
      } else link.destroy();
    }
    this.#end(this.#status, true);
  }

  /** A stream that broke after its head is broken off, so that nobody takes it for whole. */
  #abortResponse(): void {
    this.#client.abort();
    this.#end(this.#status, false);
  }

  /** @param isOurs whether the failure was found here, and not told by the connection */
  #fail(code: ErrorCode, isOurs: boolean): void {
    const selection = this.#selection;
    const trace = this.#trace;
    const { metrics, deadlines } = this.#context;
    if (!selection || !trace || this.#isOver) return;
    const wasSent = this.#phase !== "connecting";
    const wasReused = trace.isReused;
    const isClosed = code === 101500 || code === 101505;
    const isStale = !isOurs && wasReused && !this.#hasRead && isClosed && deadlines.now - this.#sentAt < staleWithinMs;
    trace.failed(code, wasSent, isStale, this.#at);
    if (isStale && this.#mayRepeat && this.#body.canReplay && this.#isIdempotent) {
      this.#mayRepeat = false;
      this.#attempt(selection, this.#decision.repeated(this.#at), true);
      return;
    }
    this.#settle(isStale ? { kind: "void" } : { kind: "error", code });
    metrics.countAttempt(String(code));
    const { group } = this.#serving();
    const failed = { code, wasSent, policy: selection.endpoint.policy };
    const rules = { mayFailOver: group.mayFailOver, retryNonIdempotent: group.settings.retryNonIdempotent };
    const reason = whyNotTryAnother(rules, failed, this.#isIdempotent, this.#body.canReplay);
    if (reason === undefined) {
      this.#choose(undefined, code);
      return;
    }
    this.#decision.noRetry = reason;
    this.#answerError(attemptFailed(code));
  }

  #settle(outcome: Parameters<Destination["group"]["settle"]>[1]): void {
    const selection = this.#selection;
    if (!selection) return;
    this.#selection = undefined;
    this.#destination?.group.settle(selection, outcome, this.#at);
  }

  #answerError(error: GatewayError): void {
    const { decisions } = this.#context;
    this.#record.code = error.code;
    this.#decision.answeredByGateway(error.status, error.code);
    this.#closes ||= error.closes === true;
    this.#at = this.#context.now();
    const more = decisionHeader(decisions, this.#decision);
    const isHead = this.#method === "HEAD";
    this.#client.writeError(error, this.#incoming.requestId, { closes: this.closes, isHead, more });
    this.#end(error.status, true);
  }

  /** Something has moved on a stream. */
  #moved(): void {
    if (this.#link && this.#response) this.#link.deadlineAt = this.#context.deadlines.in(this.#idleMs);
  }

  #dropLink(): void {
    const link = this.#leaveLink();
    link?.destroy();
  }

  /** The connection is no longer this request's. */
  #leaveLink(): UpstreamLink | undefined {
    const link = this.#link;
    this.#link = undefined;
    if (link) link.user = undefined;
    return link;
  }

  /** A reload has taken the endpoint out, and the time to finish is over. */
  onEndpointRemoved(): void {
    this.#at = this.#context.now();
    if (this.#response) {
      this.#dropLink();
      this.#abortResponse();
      return;
    }
    this.#dropLink();
    this.#fail(101507, true);
  }

  #end(status: number, isWhole: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#body.release();
    const { decisions } = this.#context;
    const durationMs = this.#at - this.#startedAt;
    recordExchange(this.#context, this.#incoming, { method: this.#method, status, durationMs }, this.#record);
    decisions.end(this.#decision, status, isWhole, durationMs);
    this.#client.onExchangeOver(this);
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

/** A response whose head is between `start` and `after`; what came with it ends at `end`. */
type Arrived = { buffer: Buffer; start: number; after: number; end: number };
type HeldResponse = { arrived: Arrived; selection: Selection; trace: AttemptTrace };

const success = { kind: "success" } as const;

const lastChunk = "0\r\n\r\n";

function closedCode(phase: AttemptPhase): ErrorCode {
  return errorCodeOf(new AttemptError(101505, "closed without a response"), phase);
}

const get = 0x47_45_54_20;
const post = 0x50_4f_53_54;

/** The usual methods as strings that are there already. */
function methodOf(buffer: Buffer, { start, methodEnd }: RequestHead): string {
  const length = methodEnd - start;
  if (length === 3 && buffer.readUInt32BE(start) === get) return "GET";
  if (length === 4 && buffer.readUInt32BE(start) === post) return "POST";
  return buffer.toString("latin1", start, methodEnd);
}

function incomingOf(buffer: Buffer, { fields }: RequestHead, target: Target, clientAddress: string): Incoming {
  const given =
    fields.countOf(fieldId["x-request-id"]) === 1 ? fields.textOf(buffer, fieldId["x-request-id"]) : undefined;
  return {
    requestId: isSaneRequestId(given) ? given : randomUUID(),
    path: target.path,
    search: target.search,
    isEncrypted: false,
    clientAddress,
  };
}

/** All fields with this number, joined; undefined when there is none. */
function joinedFields(buffer: Buffer, { fields }: RequestHead, id: number, separator: string): string | undefined {
  if (fields.countOf(id) <= 1) return fields.textOf(buffer, id);
  const values: string[] = [];
  for (let index = 0; index < fields.count; index += 1)
    if (fields.id(index) === id) values.push(fields.text(buffer, index));
  return values.join(separator);
}

function isEventStream(buffer: Buffer, { fields }: ResponseHead): boolean {
  const index = fields.find(fieldId["content-type"]);
  return index !== -1 && /^text\/event-stream/i.test(fields.text(buffer, index));
}

function flat(headers: readonly string[]): string {
  let text = "";
  for (let index = 0; index < headers.length; index += 2) text += `${headers[index]}: ${headers[index + 1]}\r\n`;
  return text;
}
