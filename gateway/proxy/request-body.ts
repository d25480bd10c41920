import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { fieldPairs } from "./headers.ts";
import { expectsContinue, hasBody } from "./incoming.ts";
import type { ReplayBudget } from "./replay-budget.ts";

/** Most of one request's body that is kept for a second attempt, bytes. */
export const maxReplayBytes = 1024 * 1024;

/** How long a client that has its answer may go on sending what nobody reads, ms. */
const lingerMs = 5_000;

/** Who reads the body for an attempt. */
export type BodyListener = {
  /** Told of the trailer fields before the end. */
  onTrailers: (trailers: [string, string][]) => void;
  /** More has come than may: the reader gets no more. */
  onTooLarge: () => void;
};

/**
 * The body of one request, for one attempt after the other. What has passed is kept up to {@link maxReplayBytes} so that
 * the next attempt gets the same bytes; a larger body streams, and then there is no next attempt. Reading follows the
 * endpoint's pace, and begins when an attempt asks for it.
 */
export class RequestBody {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #budget: ReplayBudget;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #isKept = true;
  #hasEnded: boolean;
  #isStarted = false;
  #isFlowing = false;
  #isWithheld: boolean;
  #reader: Readable | undefined;
  #listener: BodyListener | undefined;
  #mostBytes = Number.POSITIVE_INFINITY;
  #bytes = 0;
  #peek: ((chunk: Buffer | undefined) => void) | undefined;

  constructor(request: IncomingMessage, response: ServerResponse, budget: ReplayBudget) {
    this.#request = request;
    this.#response = response;
    this.#budget = budget;
    this.#hasEnded = !hasBody(request);
    this.#isWithheld = !this.#hasEnded && expectsContinue(request);
    response.once("close", () => this.#release());
  }

  /** Whether another attempt can have all of the body. */
  get canReplay(): boolean {
    return this.#isKept;
  }

  /** Whether more has come than {@link limit} allows: nothing more is read. */
  get isTooLarge(): boolean {
    return this.#bytes > this.#mostBytes;
  }

  /** Sets the longest that is taken, octets. */
  limit(mostBytes: number): void {
    this.#mostBytes = mostBytes;
  }

  /** Whether the client waits to be told to go on (Expect: 100-continue). */
  get isWithheld(): boolean {
    return this.#isWithheld;
  }

  /** Whether everything of it has arrived. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /**
   * The body from its first byte, for the next attempt; the reader before it gets nothing more. Only what is kept can be
   * read before {@link flow}: an endpoint that cannot be reached consumes nothing.
   */
  open(listener?: BodyListener): Readable {
    this.#isFlowing = false;
    const reader = new Readable({ read: () => this.#isFlowing && this.#resume() });
    this.#reader = reader;
    this.#listener = listener;
    for (const chunk of this.#kept) reader.push(chunk);
    if (this.#hasEnded) this.#end();
    return reader;
  }

  /** Lets the client's bytes through to the reader. */
  flow(): void {
    if (this.#isFlowing) return;
    this.#isFlowing = true;
    this.#resume();
  }

  /** Tells a client that waits to go on. */
  permit(): void {
    if (!this.#isWithheld) return;
    this.#isWithheld = false;
    if (!this.#response.headersSent) this.#response.writeContinue();
  }

  /** Reads the first part of the body before any attempt, until `isDone` says so, the end, or as much as is kept. */
  async peek(onChunk: (chunk: Buffer) => void, isDone: () => boolean, signal: AbortSignal): Promise<void> {
    if (this.#hasEnded) return;
    this.permit();
    await new Promise<void>((resolve) => {
      const finish = () => {
        signal.removeEventListener("abort", finish);
        this.#request.off("close", finish);
        this.#peek = undefined;
        this.#request.pause();
        resolve();
      };
      signal.addEventListener("abort", finish, { once: true });
      this.#request.once("close", finish);
      this.#peek = (chunk) => {
        if (chunk) onChunk(chunk);
        if (!chunk || isDone() || !this.#isKept) finish();
      };
      this.#resume();
    });
  }

  #resume(): void {
    if (this.#hasEnded) return;
    if (!this.#isStarted) {
      this.#isStarted = true;
      this.#request.on("data", (chunk: Buffer) => this.#onData(chunk));
      this.#request.once("end", () => this.#onEnd());
    }
    this.#request.resume();
  }

  #onData(chunk: Buffer): void {
    this.#isWithheld = false;
    this.#bytes += chunk.length;
    if (this.isTooLarge) {
      this.#request.pause();
      this.#peek?.(undefined);
      this.#listener?.onTooLarge();
      return;
    }
    this.#keep(chunk);
    this.#peek?.(chunk);
    const reader = this.#reader;
    if (!reader) return;
    // An endpoint may answer and close without reading on. Writing to it then fails, and what it said would be lost, so
    // everything that has arrived by now is read before anything is written.
    setImmediate(() => {
      if (reader === this.#reader && !reader.push(chunk)) this.#request.pause();
    });
  }

  #onEnd(): void {
    this.#hasEnded = true;
    this.#peek?.(undefined);
    setImmediate(() => this.#end());
  }

  #end(): void {
    const { rawTrailers } = this.#request;
    if (rawTrailers.length > 0) this.#listener?.onTrailers(fieldPairs(rawTrailers));
    this.#reader?.push(null);
  }

  #keep(chunk: Buffer): void {
    if (!this.#isKept) return;
    if (this.#keptBytes + chunk.length <= maxReplayBytes && this.#budget.take(chunk.length)) {
      this.#kept.push(chunk);
      this.#keptBytes += chunk.length;
      return;
    }
    // A reader that is open has had everything so far; before the first one, what was peeked at is still to be sent.
    this.#isKept = false;
    if (this.#reader) this.#forget();
    else this.#kept.push(chunk);
  }

  #forget(): void {
    this.#budget.giveBack(this.#keptBytes);
    this.#kept = [];
    this.#keptBytes = 0;
    this.#isKept = false;
  }

  /**
   * The exchange is over. What still comes is read and dropped for a while, because closing at once could take the
   * answer from a client that is still sending. RFC 9112 §9.6.
   */
  #release(): void {
    this.#forget();
    this.#reader = undefined;
    if (this.#request.complete || this.#request.destroyed) return;
    this.#request.resume();
    const timer = setTimeout(() => this.#request.socket.destroy(), lingerMs);
    for (const event of ["end", "close"]) this.#request.once(event, () => clearTimeout(timer));
  }
}
