import type { ClientRequest, IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import type { ErrorCode } from "../../lib/model/error-code.ts";
import { AttemptError, type AttemptPhase, errorCodeOf } from "./attempt-error.ts";
import { discardResponse } from "./discard-response.ts";
import { forwardInformation } from "./forward-information.ts";
import type { Attempt } from "./forwarder.ts";
import { type GatewayError, gatewayErrors } from "./gateway-error.ts";
import { hearOut } from "./hear-out.ts";

/** How one attempt at an endpoint ended. */
export type AttemptResult =
  /** `discard`: gives the response up, for another one. */
  | { kind: "response"; response: IncomingMessage; discard: () => void }
  /** `wasSent`: bytes of the request may have reached the endpoint. `isStale`: an idle connection had been closed. */
  | { kind: "error"; code: ErrorCode; wasSent: boolean; isStale: boolean }
  /** What the client sends, or does not send, ended it: the endpoint is not charged. */
  | { kind: "client-at-fault"; error: GatewayError }
  | { kind: "client-gone" };

/**
 * An endpoint that closes an idle connection as we use it is heard of within a round trip. What comes later is about this
 * request, ms.
 */
const staleWithinMs = 1_000;

/** Follows one attempt: how far it is, whose turn it is to send and until when, and how it ends. */
export class AttemptWatch {
  /** The request's body as this attempt sends it. */
  readonly reader: Readable;
  readonly #attempt: Attempt;
  readonly #startedAt = performance.now();
  readonly #finish: (result: AttemptResult) => void;
  #phase: AttemptPhase = "connecting";
  #upstream: ClientRequest | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;
  #reused: { bytesWritten: number; bytesRead: number; since: number } | undefined;

  constructor(attempt: Attempt, finish: (result: AttemptResult) => void) {
    this.#attempt = attempt;
    this.#finish = finish;
    this.reader = attempt.body.open({
      onTrailers: (trailers) => this.#upstream?.addTrailers(trailers),
      onTooLarge: () => this.#onBodyTooLarge(),
    });
    attempt.response.once("close", this.onClientGone);
  }

  /** The request has its connection, which may have still to be established. */
  onRequest(upstream: ClientRequest, socket: Socket): void {
    this.#upstream = upstream;
    if (this.#isOver) {
      upstream.destroy();
      return;
    }
    upstream.once("response", (response) => this.#onResponse(upstream, response));
    upstream.once("close", () => this.onError(new AttemptError(101505, "closed without a response")));
    // Nobody has asked for another protocol; without a listener Node would drop the answer in silence.
    upstream.once("upgrade", (_response, upgraded) => {
      upgraded.destroy();
      this.onError(new AttemptError(101506, "switched protocols unasked"));
    });
    upstream.on("information", (information) => forwardInformation(this.#attempt.response, information));
    if (upstream.reusedSocket) {
      const { bytesWritten, bytesRead } = socket;
      this.#reused = { bytesWritten, bytesRead, since: performance.now() };
      this.#attempt.trace.connected(true, 0);
      this.#onConnected(upstream);
      return;
    }
    hearOut(socket);
    this.#setDeadline(this.#attempt.endpoint.policy.connectTimeoutMs, 101508);
    socket.once("encrypted" in socket ? "secureConnect" : "connect", () => {
      this.#attempt.trace.connected(false, performance.now() - this.#startedAt);
      this.#onConnected(upstream);
    });
  }

  onError(error: Error): void {
    const socket = this.#upstream?.socket;
    const before = this.#reused ?? { bytesWritten: 0, bytesRead: 0, since: 0 };
    const hasWritten = socket != null && socket.bytesWritten > before.bytesWritten;
    // TLS has bytes of its own to read, so on a new connection only plain text tells.
    const isPlain = this.#reused !== undefined || this.#attempt.endpoint.target.protocol === "http:";
    const hasRead = isPlain && socket != null && socket.bytesRead > before.bytesRead;
    if (this.#phase === "waiting" && hasRead) this.#phase = "reading";
    const code = errorCodeOf(error, this.#phase);
    const wasSent = this.#phase !== "connecting" && (this.#reused === undefined || hasWritten);
    const isClosed = code === 101500 || code === 101505;
    const isStale =
      this.#reused !== undefined && !hasRead && isClosed && performance.now() - before.since < staleWithinMs;
    this.#end({ kind: "error", code, wasSent, isStale });
  }

  /** The client left, or what it sends cannot be read. */
  readonly onClientGone = (): void => {
    this.#end({ kind: "client-gone" });
    this.#upstream?.destroy();
  };

  #onBodyTooLarge(): void {
    if (this.#isOver && this.#attempt.response.headersSent) this.#attempt.response.destroy();
    this.#end({ kind: "client-at-fault", error: gatewayErrors.bodyTooLarge });
    this.#upstream?.destroy();
  }

  /** Nobody waits for the endpoint any longer: a response that has begun breaks off, all else is an attempt given up. */
  giveUp(): void {
    if (this.#isOver) {
      this.#attempt.response.destroy();
      return;
    }
    this.onError(new AttemptError(101507, "given up"));
    this.#upstream?.destroy();
  }

  #onConnected(upstream: ClientRequest): void {
    if (this.#isOver) return;
    this.#phase = "waiting";
    const { body, response } = this.#attempt;
    const { reader } = this;
    this.#awaitEndpoint();
    if (body.isWithheld) {
      upstream.once("continue", () => {
        body.permit();
        this.#awaitClient();
      });
    }
    // The endpoint cannot answer what it has not got: its time runs while it does not take what is there, and from the
    // end of the request on.
    reader.on("data", () => (upstream.writableNeedDrain ? this.#awaitEndpoint() : this.#awaitClient()));
    upstream.on("drain", () => this.#awaitClient());
    reader.once("end", () => this.#awaitEndpoint());
    if (!response.destroyed) body.flow();
  }

  #onResponse(upstream: ClientRequest, response: IncomingMessage): void {
    if (this.#isOver) {
      response.destroy();
      return;
    }
    const status = response.statusCode ?? 0;
    if (status < 200 || status > 999) {
      this.onError(new AttemptError(101506, "no final status"));
      upstream.destroy();
      return;
    }
    this.#end({ kind: "response", response, discard: () => discardResponse(upstream, response) });
  }

  #awaitEndpoint(): void {
    this.#setDeadline(this.#attempt.endpoint.policy.responseTimeoutMs, 101504);
  }

  #awaitClient(): void {
    if (this.reader.readableEnded) return;
    this.#setDeadline(this.#attempt.clientIdleMs, undefined);
  }

  /** @param code what the endpoint is charged with; undefined: it is the client who is waited for */
  #setDeadline(ms: number, code: ErrorCode | undefined): void {
    clearTimeout(this.#timer);
    if (this.#isOver) return;
    this.#timer = setTimeout(() => {
      if (code === undefined) this.#end({ kind: "client-at-fault", error: gatewayErrors.slowClient });
      else this.onError(new AttemptError(code, "timed out"));
      this.#upstream?.destroy();
    }, ms);
  }

  #end(result: AttemptResult): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#attempt.response.off("close", this.onClientGone);
    this.#finish(result);
  }
}
