import { ChunkScanner } from "./chunk-scanner.ts";
import type { ResponseFraming } from "./response-head.ts";

/** The body of a response on its way: finds its end. */
export class ResponseRelay {
  isDone: boolean;
  readonly framing: ResponseFraming;
  readonly #chunks: ChunkScanner | undefined;
  #left: number;

  constructor(framing: ResponseFraming, contentLength: number) {
    this.framing = framing;
    this.#left = framing === "length" ? contentLength : 0;
    this.#chunks = framing === "chunked" ? new ChunkScanner() : undefined;
    this.isDone = framing === "none" || (framing === "length" && contentLength === 0);
  }

  /** Where the body's part of what has arrived ends; negative when it is no body. */
  measure(buffer: Buffer, start: number, end: number): number {
    if (this.framing === "close") return end;
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
}
