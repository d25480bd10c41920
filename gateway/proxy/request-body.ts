import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";

/** Most of one request's body that is kept for a second attempt, bytes. */
export const maxReplayBytes = 1024 * 1024;

/** What all requests of the process may keep together, bytes. */
export class ReplayBudget {
  #left: number;
  constructor(maxBytes = 64 * 1024 * 1024) {
    this.#left = maxBytes;
  }
  take(bytes: number): boolean {
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }
  giveBack(bytes: number): void {
    this.#left += bytes;
  }
}

/**
 * The body of one request, for one attempt after the other. What has passed is kept up to {@link maxReplayBytes} so that
 * the next attempt gets the same bytes; a larger body streams, and then there is no next attempt. Reading follows the
 * endpoint's pace.
 */
export class RequestBody {
  readonly #request: IncomingMessage;
  readonly #budget: ReplayBudget;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #isKept = true;
  #hasEnded = false;
  #isStarted = false;
  #reader: Readable | undefined;
  #watchers: ((chunk: Buffer | undefined) => void)[] = [];

  constructor(request: IncomingMessage, budget: ReplayBudget) {
    this.#request = request;
    this.#budget = budget;
  }

  /** Whether another attempt can have all of the body. */
  get canReplay(): boolean {
    return this.#isKept;
  }

  /** The body from its first byte, for the next attempt. The reader before it gets nothing more. */
  open(): Readable {
    const reader = new Readable({ read: () => this.#resume() });
    this.#reader = reader;
    for (const chunk of this.#kept) reader.push(chunk);
    if (this.#hasEnded) reader.push(null);
    return reader;
  }

  /** Reads the first part of the body before any attempt, until `isDone` says so, the end, or as much as is kept. */
  async peek(onChunk: (chunk: Buffer) => void, isDone: () => boolean, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const finish = () => {
        signal.removeEventListener("abort", finish);
        this.#watchers = [];
        this.#request.pause();
        resolve();
      };
      signal.addEventListener("abort", finish, { once: true });
      this.#watchers.push((chunk) => {
        if (chunk) onChunk(chunk);
        if (!chunk || isDone() || !this.#isKept) finish();
      });
      this.#resume();
    });
  }

  /** Lets go of what is kept; what still comes is read and dropped by the server. */
  release(): void {
    this.#budget.giveBack(this.#keptBytes);
    this.#kept = [];
    this.#keptBytes = 0;
    this.#isKept = false;
    this.#reader = undefined;
  }

  #resume(): void {
    if (!this.#isStarted) {
      this.#isStarted = true;
      this.#request.on("data", (chunk: Buffer) => this.#onData(chunk));
      this.#request.on("end", () => this.#onEnd());
    }
    if (!this.#hasEnded) this.#request.resume();
  }

  #onData(chunk: Buffer): void {
    this.#keep(chunk);
    for (const watcher of this.#watchers) watcher(chunk);
    if (this.#reader && !this.#reader.push(chunk)) this.#request.pause();
  }

  #onEnd(): void {
    this.#hasEnded = true;
    this.#reader?.push(null);
    for (const watcher of this.#watchers) watcher(undefined);
  }

  #keep(chunk: Buffer): void {
    if (!this.#isKept) return;
    if (this.#keptBytes + chunk.length > maxReplayBytes || !this.#budget.take(chunk.length)) {
      // A reader that is already open has had everything so far; only a further one could not.
      if (this.#reader) this.#dropKept();
      else this.#kept.push(chunk);
      this.#isKept = false;
      return;
    }
    this.#kept.push(chunk);
    this.#keptBytes += chunk.length;
  }

  #dropKept(): void {
    this.#budget.giveBack(this.#keptBytes);
    this.#kept = [];
    this.#keptBytes = 0;
  }
}
