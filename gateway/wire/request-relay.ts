import type { ReplayBudget } from "../proxy/replay-budget.ts";
import { ChunkScanner } from "./chunk-scanner.ts";
import type { Framing } from "./framing.ts";

/** Most octets of one request's body that are kept for another attempt. */
const maxKeptBytes = 1024 * 1024;

/**
 * The body of a request on its way: finds its end, and keeps it for another attempt as far as the bounds allow. Pieces that
 * no endpoint has got yet are kept in any case.
 */
export class RequestRelay {
  isDone: boolean;
  /** Pieces to send to the next endpoint before anything else. */
  backlog: Buffer[] = [];
  readonly #budget: ReplayBudget;
  readonly #chunks: ChunkScanner | undefined;
  readonly #contentLength: number;
  #left: number;
  #keptBytes = 0;
  #isKept = true;

  constructor(framing: Framing, contentLength: number, budget: ReplayBudget) {
    this.#budget = budget;
    this.#contentLength = contentLength;
    this.#left = contentLength;
    this.#chunks = framing === "chunked" ? new ChunkScanner() : undefined;
    this.isDone = framing === "none" || (framing === "length" && contentLength === 0);
  }

  /** How long the body is at least, octets: its Content-Length, or what chunks have said so far. */
  get announcedBytes(): number {
    return this.#chunks ? this.#chunks.announcedBytes : this.#contentLength;
  }

  /** Whether all that has come can be sent again. */
  get canReplay(): boolean {
    return this.#isKept;
  }

  /** Where the body's part of what has arrived ends; negative when it is no body. */
  measure(buffer: Buffer, start: number, end: number): number {
    if (this.#chunks) {
      const after = this.#chunks.scan(buffer, start, end);
      this.isDone = this.#chunks.isDone;
      return after;
    }
    const taken = Math.min(this.#left, end - start);
    this.#left -= taken;
    this.isDone = this.#left === 0;
    return start + taken;
  }

  /** Keeps a piece. @param isSent whether an endpoint has got it: then it is kept only within the bounds */
  keep(piece: Buffer, isSent: boolean): void {
    if (!this.#isKept && isSent) return;
    const fits = this.#keptBytes + piece.length <= maxKeptBytes && this.#budget.take(piece.length);
    if (fits) this.#keptBytes += piece.length;
    if (fits || !isSent) this.backlog.push(isMostOfItsMemory(piece) ? piece : Buffer.from(piece));
    if (!fits) this.#isKept = false;
    if (!fits && isSent) this.#forget();
  }

  /** The backlog has been sent. */
  onSent(): void {
    if (!this.#isKept) this.#forget();
  }

  /** No further attempt will be made. */
  release(): void {
    if (this.#keptBytes > 0 || this.backlog.length > 0) this.#forget();
  }

  #forget(): void {
    this.#budget.giveBack(this.#keptBytes);
    this.#keptBytes = 0;
    this.backlog = [];
    this.#isKept = false;
  }
}

/** Whether little else is kept in memory by keeping it. Nothing is read into the memory of a piece that has been read. */
function isMostOfItsMemory(piece: Buffer): boolean {
  return piece.buffer.byteLength <= 2 * piece.length + 1024;
}
