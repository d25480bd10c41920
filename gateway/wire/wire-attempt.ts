import type { ErrorCode } from "../../lib/model/error-code.ts";
import type { AttemptTrace } from "../decisions/decision-trace.ts";
import type { EndpointRuntime } from "../endpoints/endpoint-runtime.ts";
import type { Selection } from "../endpoints/group-runtime.ts";
import { AttemptError, type AttemptPhase, errorCodeOf } from "../proxy/attempt-error.ts";
import type { ClientLink } from "./client-link.ts";
import { type DownstreamLine, downstreamHead } from "./downstream-head.ts";
import { scanResult } from "./message-fields.ts";
import type { RequestRelay } from "./request-relay.ts";
import type { ResponseHead } from "./response-head.ts";
import { ResponseRelay } from "./response-relay.ts";
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
const lastChunk = "0\r\n\r\n";

/** A response whose head is between `start` and `after`; what came with it ends at `end`. */
export type Arrived = { buffer: Buffer; start: number; after: number; end: number };

/** The exchange that an attempt is made for: decides what becomes of it. */
export type AttemptOwner = {
  readonly context: WireContext;
  readonly client: ClientLink;
  readonly body: RequestRelay;
  /** To read the response with. */
  readonly responseHead: ResponseHead;
  readonly isHead: boolean;
  readonly mayFailOver: boolean;
  /** When what is being handled came, ms of the monotonic clock. */
  at: number;
  /** The head for an endpoint, a string of one character for each octet. */
  headFor: (endpoint: EndpointRuntime) => string;
  /** The head of a response is there: it is to be delivered, or passed on. */
  onAnswered: (attempt: WireAttempt, arrived: Arrived) => void;
  /** There will be no response. @param isOurs whether that was found here, and not told by the connection */
  onFailed: (attempt: WireAttempt, code: ErrorCode, isOurs: boolean) => void;
  /** The client owes the rest of its body. */
  onClientLate: () => void;
  /** The response is over for the client. @param isWhole whether the client has all of it */
  onDelivered: (isWhole: boolean) => void;
};

/** One attempt at one endpoint: the request on its way there, and the response on its way back. */
export class WireAttempt implements LinkUser {
  readonly selection: Selection;
  readonly trace: AttemptTrace;
  readonly #owner: AttemptOwner;
  readonly #startedAt: number;
  #link: UpstreamLink | undefined;
  #phase: AttemptPhase = "connecting";
  /** ms of the clock of deadlines. */
  #sentAt = 0;
  #hasRead = false;
  /** Pieces of the body that wait for the end of this turn of the event loop. */
  #pieces: Buffer[] | undefined;
  /** Octets of a response's head that has not come to its end. */
  #partial: Buffer | undefined;
  #response: ResponseRelay | undefined;
  #idleMs = 0;

  constructor(owner: AttemptOwner, selection: Selection, trace: AttemptTrace) {
    this.#owner = owner;
    this.selection = selection;
    this.trace = trace;
    this.#startedAt = owner.at;
  }

  /** Whether the client gets this attempt's response. */
  get isDelivering(): boolean {
    return this.#response !== undefined;
  }

  /** Whether the endpoint may have got anything of the request. */
  get wasSent(): boolean {
    return this.#phase !== "connecting";
  }

  /** Whether the connection had been closed while nobody used it, before the endpoint saw the request. */
  get isStale(): boolean {
    const { now } = this.#owner.context.deadlines;
    return this.trace.isReused && !this.#hasRead && now - this.#sentAt < staleWithinMs;
  }

  /** @param needsNewConnection whether one that is kept will not do */
  start(needsNewConnection: boolean): void {
    const { pool, deadlines } = this.#owner.context;
    const { endpoint } = this.selection;
    const idle = needsNewConnection ? undefined : pool.take(endpoint);
    const link = idle ?? pool.connect(endpoint);
    this.#link = link;
    link.user = this;
    if (idle) {
      this.trace.connected(true, 0);
      this.#send(link);
      return;
    }
    link.deadlineAt = deadlines.in(endpoint.policy.connectTimeoutMs);
  }

  /** Sends a piece of the body, now or once there is a connection. */
  forward(piece: Buffer): void {
    const { client, body, mayFailOver } = this.#owner;
    const link = this.#link;
    if (this.#response) {
      // Answered already: the rest of the request is of interest to the endpoint that reads it, if it does.
      if (link && !link.socket.destroyed && !link.write(piece)) client.pause();
      this.#moved();
      return;
    }
    const { wasSent } = this;
    // For another endpoint, or for the same one when its idle connection turns out to be closed.
    if (!wasSent || mayFailOver || (link !== undefined && link.uses > 0)) body.keep(piece, wasSent);
    if (!wasSent) {
      client.pause();
      return;
    }
    // An endpoint may answer and close without reading on. Writing to it then fails, and what it said would be lost, so
    // everything that has arrived by now is read before anything is written.
    if (this.#pieces === undefined) {
      this.#pieces = [];
      setImmediate(() => this.#writePieces());
    }
    this.#pieces.push(piece);
  }

  /** Gives the response to the client. @param idleMs how long nothing may move meanwhile */
  deliver({ buffer, start, after, end }: Arrived, line: DownstreamLine, idleMs: number): void {
    const { client, responseHead: head } = this.#owner;
    const response = new ResponseRelay(head.framing, head.contentLength);
    this.#response = response;
    this.#idleMs = idleMs;
    const text = downstreamHead(buffer, start, head, line);
    const bodyEnd = response.measure(buffer, after, end);
    if (bodyEnd < 0) {
      client.write(text);
      this.#breakOff();
      return;
    }
    const isJoined = text.length + bodyEnd - after <= maxJoinedBytes && head.framing !== "close";
    if (isJoined) this.#writeToClient(bodyEnd > after ? text + buffer.toString("latin1", after, bodyEnd) : text);
    else {
      client.write(text);
      if (bodyEnd > after) this.#write(response, buffer, after, bodyEnd);
    }
    this.#goOn(response, bodyEnd === end);
  }

  /** Gives its response up for another endpoint's; the connection is kept if all of it is there. */
  passOn({ buffer, after, end }: Arrived): void {
    const { context, body, responseHead: head } = this.#owner;
    const response = new ResponseRelay(head.framing, head.contentLength);
    const isWhole = response.measure(buffer, after, end) === end && response.isDone;
    const link = this.#leaveLink();
    if (link && isWhole && !head.closes && body.isDone) context.pool.giveBack(link);
    else link?.destroy();
  }

  /** Closes its connection: whatever comes is of no interest any more. */
  drop(): void {
    this.#leaveLink()?.destroy();
  }

  onClientDrain(): void {
    this.#link?.socket.resume();
    this.#moved();
  }

  onConnected(): void {
    const { at } = this.#begin();
    this.trace.connected(false, at - this.#startedAt);
    if (this.#link) this.#send(this.#link);
  }

  onUpstreamData(buffer: Buffer, end: number): void {
    this.#begin();
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
    this.#owner.client.resume();
    this.#awaitTurn();
  }

  onUpstreamClosed(error: Error | undefined): void {
    const owner = this.#begin();
    this.#leaveLink();
    if (this.#response?.framing === "close") {
      owner.client.write(lastChunk);
      owner.onDelivered(true);
    } else if (this.#response) this.#breakOff();
    else owner.onFailed(this, error ? errorCodeOf(error, this.#phase) : closedCode(this.#phase), false);
  }

  onUpstreamDeadline(): void {
    const owner = this.#begin();
    const { client, body, context } = owner;
    if (this.#response) {
      if (client.socket.writableLength > 0) context.metrics.countConnectionEnd("slow-reader");
      this.#breakOff();
      return;
    }
    const isClientLate = this.wasSent && !body.isDone && !this.#link?.socket.writableNeedDrain;
    this.drop();
    if (isClientLate) owner.onClientLate();
    else owner.onFailed(this, this.wasSent ? 101504 : 101508, true);
  }

  /** A reload has taken the endpoint out, and the time to finish is over. */
  onEndpointRemoved(): void {
    const owner = this.#begin();
    if (this.#response) {
      this.#breakOff();
      return;
    }
    this.drop();
    owner.onFailed(this, 101507, true);
  }

  onFault(error: unknown): void {
    this.#owner.client.onFault(error);
    this.drop();
  }

  /** Something has happened: the clock is read once for each event. */
  #begin(): AttemptOwner {
    const owner = this.#owner;
    owner.at = owner.context.now();
    return owner;
  }

  /** The head, and what there is of the body. */
  #send(link: UpstreamLink): void {
    const { context, client, body } = this.#owner;
    this.#phase = "waiting";
    this.#sentAt = context.deadlines.now;
    let head = this.#owner.headFor(link.endpoint);
    let sent = 0;
    const [first] = body.backlog;
    if (first !== undefined && head.length + first.length <= maxJoinedBytes) {
      head += first.toString("latin1");
      sent = 1;
    }
    link.write(head);
    for (; sent < body.backlog.length; sent += 1) link.write(body.backlog[sent] ?? "");
    body.onSent();
    client.resume();
    this.#awaitTurn();
  }

  #writePieces(): void {
    const pieces = this.#pieces ?? [];
    this.#pieces = undefined;
    const link = this.#link;
    // Another endpoint gets them from what is kept.
    if (!link) return;
    for (const piece of pieces) if (!link.write(piece)) this.#owner.client.pause();
    this.#awaitTurn();
  }

  /** Whose turn it is: the endpoint's while it takes nothing or has everything, the client's while more is to come. */
  #awaitTurn(): void {
    const link = this.#link;
    if (!link || this.#response) return;
    const { body, context } = this.#owner;
    const isEndpointsTurn = body.isDone || link.socket.writableNeedDrain;
    const ms = isEndpointsTurn ? link.endpoint.policy.responseTimeoutMs : context.idleMs.body;
    link.deadlineAt = context.deadlines.in(ms);
  }

  #readHead(buffer: Buffer, end: number): void {
    const owner = this.#owner;
    const head = owner.responseHead;
    let start = 0;
    for (;;) {
      const after = head.scan(buffer, start, end, owner.isHead);
      if (after === scanResult.incomplete) {
        this.#partial = Buffer.from(buffer.subarray(start, end));
        return;
      }
      if (after < 0 || head.status === 101) {
        this.drop();
        owner.onFailed(this, 101506, true);
        return;
      }
      if (head.status >= 200) {
        owner.onAnswered(this, { buffer, start, after, end });
        return;
      }
      // Early hints and their like are passed on; 100 answers an expectation that this path does not serve.
      if (head.status !== 100) owner.client.write(buffer.toString("latin1", start, after));
      start = after;
      if (start === end) return;
    }
  }

  #relay(response: ResponseRelay, buffer: Buffer, end: number): void {
    const bodyEnd = response.measure(buffer, 0, end);
    if (bodyEnd < 0) {
      this.#breakOff();
      return;
    }
    if (bodyEnd > 0) this.#write(response, buffer, 0, bodyEnd);
    this.#goOn(response, bodyEnd === end);
  }

  /** Small pieces go out as strings, large ones as copies: the next read is into the same buffer. */
  #write({ framing }: ResponseRelay, buffer: Buffer, start: number, end: number): void {
    const { client, context } = this.#owner;
    const isCut = framing === "close";
    if (end - start <= maxJoinedBytes) {
      const text = buffer.toString("latin1", start, end);
      this.#writeToClient(isCut ? `${text.length.toString(16)}\r\n${text}\r\n` : text);
      return;
    }
    const { octets } = context;
    const piece = octets.copyOf(buffer, start, end);
    if (isCut) client.write(`${piece.length.toString(16)}\r\n`);
    const isTaken = client.writePiece(piece, (error) => {
      if (!error) octets.giveBack(piece);
    });
    if (!isTaken) this.#link?.socket.pause();
    if (isCut) this.#writeToClient("\r\n");
  }

  #writeToClient(octets: Buffer | string): void {
    if (!this.#owner.client.write(octets)) this.#link?.socket.pause();
  }

  /** @param isClean whether nothing came after what belongs to the response: then the connection may serve again */
  #goOn(response: ResponseRelay, isClean: boolean): void {
    if (!response.isDone) {
      this.#moved();
      return;
    }
    const { context, body, responseHead } = this.#owner;
    const link = this.#leaveLink();
    if (link) {
      link.deadlineAt = never;
      if (isClean && !responseHead.closes && body.isDone) {
        if (link.socket.isPaused()) link.socket.resume();
        context.pool.giveBack(link);
      } else link.destroy();
    }
    this.#owner.onDelivered(true);
  }

  /** A stream that broke after its head is broken off, so that nobody takes it for whole. */
  #breakOff(): void {
    this.drop();
    this.#owner.client.abort();
    this.#owner.onDelivered(false);
  }

  /** Something has moved on a stream. */
  #moved(): void {
    if (this.#link && this.#response) this.#link.deadlineAt = this.#owner.context.deadlines.in(this.#idleMs);
  }

  /** The connection is no longer this attempt's. */
  #leaveLink(): UpstreamLink | undefined {
    const link = this.#link;
    this.#link = undefined;
    if (link) link.user = undefined;
    return link;
  }
}

function closedCode(phase: AttemptPhase): ErrorCode {
  return errorCodeOf(new AttemptError(101505, "closed without a response"), phase);
}
