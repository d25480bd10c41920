import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import { endWithError, errorResponse } from "../proxy/error-answer.ts";
import { type GatewayError, gatewayErrors } from "../proxy/gateway-error.ts";
import { reasonOf } from "../proxy/traffic-server.ts";
import type { Timed } from "./deadlines.ts";
import type { Heads } from "./head-pool.ts";
import { scanResult } from "./message-fields.ts";
import { octet } from "./octets.ts";
import { isForOtherPath } from "./other-path.ts";
import { targetOf } from "./read-request.ts";
import type { WireContext } from "./wire-context.ts";
import { WireExchange } from "./wire-exchange.ts";

/** A client that is told to go may still be sending; it is listened to for so long, ms. */
const lingerMs = 1_000;

const never = Number.POSITIVE_INFINITY;

/**
 * One client's connection. Reads heads, gives each request to an exchange, one after the other, and leaves the connection
 * to the other path when a request is not the ordinary case.
 */
export class ClientLink implements Timed {
  readonly socket: Socket;
  readonly address: string;
  deadlineAt: number;
  readonly #context: WireContext;
  readonly #handOver: (read: Buffer) => void;
  readonly #onGone: (link: ClientLink) => void;
  /** What the present request is read with. */
  #heads: Heads | undefined;
  #exchange: WireExchange | undefined;
  /** What has arrived and is not read: part of a head, or the next requests. */
  #rest: Buffer | undefined;
  #isReading = false;
  #isEnding = false;

  constructor(
    socket: Socket,
    context: WireContext,
    handOver: (read: Buffer) => void,
    onGone: (link: ClientLink) => void,
  ) {
    this.socket = socket;
    this.address = socket.remoteAddress ?? "";
    this.#context = context;
    this.#handOver = handOver;
    this.#onGone = onGone;
    this.deadlineAt = context.deadlines.in(context.clientLimits.headMs);
    socket.on("drain", this.#onDrain).on("end", this.#onEnd).on("error", this.#onError).on("close", this.#onClose);
  }

  get isIdle(): boolean {
    return this.#exchange === undefined && this.#rest === undefined;
  }

  onDeadline = (): void => {
    if (this.#exchange) return;
    if (this.#rest !== undefined && !this.#isEnding) {
      this.#refuse(gatewayErrors.slowClient);
      return;
    }
    if (!this.#isEnding) this.#context.metrics.countConnectionEnd(this.socket.bytesRead === 0 ? "silent" : "idle");
    this.socket.destroy();
  };

  /** Sends octets, or a string of one character for each; whether more may follow at once. */
  write(octets: Buffer | string): boolean {
    return this.socket.write(octets, "latin1");
  }

  /** The same, and tells when the octets are needed no more. */
  writePiece(octets: Buffer, onWritten: (error?: Error | null) => void): boolean {
    return this.socket.write(octets, onWritten);
  }

  /** An answer of the gateway's own. */
  writeError(error: GatewayError, requestId: string, how: Parameters<typeof errorResponse>[2]): void {
    this.socket.write(errorResponse(error, requestId, how));
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    if (this.socket.isPaused()) this.socket.resume();
  }

  /** Breaks the connection off: what has been sent must not look whole. */
  abort(): void {
    this.#isEnding = true;
    this.socket.destroy();
  }

  /** Something nobody expected: this connection ends, and no other. */
  onFault(error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#context.log.error({ error: text }, "request failed in the gateway");
    this.abort();
  }

  /** Closes it once it is idle; `isDraining` ends busy ones with their response. */
  closeIfIdle(): void {
    if (this.isIdle) this.socket.destroy();
  }

  onExchangeOver(exchange: WireExchange): void {
    if (this.#exchange !== exchange) return;
    this.#exchange = undefined;
    this.#giveHeadsBack();
    if (this.#isEnding || this.socket.destroyed) return;
    if (exchange.closes) {
      this.#finish();
      return;
    }
    this.deadlineAt = this.#context.deadlines.in(this.#context.clientLimits.keepAliveMs);
    this.resume();
    // Whoever reads goes on with what is left; nobody else may be reading.
    if (!this.#isReading && this.#rest !== undefined) this.take(empty);
  }

  /** Octets have come, which are the link's own from now on. */
  take(chunk: Buffer): void {
    if (this.#isEnding) return;
    const buffer = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = undefined;
    this.#isReading = true;
    try {
      this.#read(buffer);
    } catch (error) {
      this.onFault(error);
    }
    this.#isReading = false;
  }

  #read(buffer: Buffer): void {
    let start = 0;
    while (start >= 0 && start < buffer.length && !this.#isEnding) {
      if (this.#exchange) {
        if (!this.#exchange.needsBody) {
          this.#keep(buffer.subarray(start));
          return;
        }
        start = this.#exchange.takeBody(buffer, start, buffer.length);
        continue;
      }
      const after = this.#readHead(buffer, start);
      if (after < 0) return;
      start = after;
    }
  }

  /** Begins the next request. Where its body begins; negative when reading ends here. */
  #readHead(buffer: Buffer, start: number): number {
    // Some clients end a body with an empty line too many. RFC 9112 §2.2.
    if (buffer[start] === octet.cr || buffer[start] === octet.lf) return this.#leave(buffer, start);
    this.#heads ??= this.#context.heads.take();
    const { request: head, response } = this.#heads;
    const after = head.scan(buffer, start, buffer.length);
    if (after === scanResult.incomplete) {
      if (start > 0 || this.#rest === undefined)
        this.deadlineAt = Math.min(this.deadlineAt, this.#context.deadlines.in(this.#context.clientLimits.headMs));
      this.#rest = buffer.subarray(start);
      this.#giveHeadsBack();
      return after;
    }
    if (after < 0) {
      this.#refuse(after === scanResult.tooLarge ? gatewayErrors.headTooLarge : gatewayErrors.malformed);
      return after;
    }
    if (head.isUnusual) return this.#leave(buffer, start);
    const target = targetOf(buffer, head);
    const match = this.#context.table.match(target.path);
    if (match && isForOtherPath(match, buffer, head)) return this.#leave(buffer, start);
    this.deadlineAt = never;
    this.#exchange = new WireExchange(this.#context, this, { buffer, head, target, match }, response);
    return this.#exchange.start(after);
  }

  #giveHeadsBack(): void {
    if (!this.#heads) return;
    this.#context.heads.giveBack(this.#heads);
    this.#heads = undefined;
  }

  /** From here on the connection is the other path's. */
  #leave(buffer: Buffer, start: number): number {
    const { socket } = this;
    socket.off("drain", this.#onDrain).off("end", this.#onEnd).off("error", this.#onError).off("close", this.#onClose);
    this.#isEnding = true;
    this.#giveHeadsBack();
    this.#onGone(this);
    this.#handOver(buffer.subarray(start));
    return scanResult.incomplete;
  }

  /** More than one request at a time is kept waiting: the connection says no more until then. */
  #keep(rest: Buffer): void {
    this.#rest = rest;
    this.socket.pause();
  }

  #refuse(error: GatewayError): void {
    this.#isEnding = true;
    const requestId = randomUUID();
    const { decisions, metrics, now } = this.#context;
    if (!endWithError(this.socket, error, requestId)) return;
    decisions.refused(requestId, error, now());
    metrics.countConnectionEnd(reasonOf(error));
  }

  /** Ends the connection after a response that says so; what the client is still sending is not waited for long. */
  #finish(): void {
    this.#isEnding = true;
    this.socket.end();
    this.socket.resume();
    this.deadlineAt = this.#context.deadlines.in(lingerMs);
  }

  readonly #onDrain = (): void => this.#exchange?.onClientDrain();

  /** Nobody waits for an answer on a connection that they have closed. */
  readonly #onEnd = (): void => {
    this.socket.destroy();
  };

  readonly #onError = (): void => {
    this.socket.destroy();
  };

  readonly #onClose = (): void => {
    this.#isEnding = true;
    this.#onGone(this);
    this.#exchange?.onClientGone();
  };
}

const empty = Buffer.alloc(0);
