import type { Logger } from "pino";
import type { GatewayAsk } from "../../lib/model/gateway-ask.ts";

/** Questions answered at once: answering must leave the database connections to loads and reports. */
const maxRunning = 2;
/** Questions that wait; more are dropped, and who asked them does without this gateway. */
const maxWaiting = 64;
/** Who asked has given up by then, ms. */
const staleMs = 2_000;

export type AnswererOptions = {
  /** What there is to say; undefined: nothing. */
  answer: (ask: GatewayAsk) => Promise<unknown>;
  /** Brings an answer to whoever asked. */
  write: (askId: string, document: unknown) => Promise<void>;
  /** ms of a monotonic clock */
  now: () => number;
  log: Logger;
};

/**
 * Answers what publishers ask, a few questions at a time. An answer that is nothing is sent as well, so that nobody waits
 * for it; a question that cannot be answered in time is dropped.
 */
export class Answerer {
  readonly #options: AnswererOptions;
  readonly #waiting: { ask: GatewayAsk; at: number }[] = [];
  #running = 0;

  constructor(options: AnswererOptions) {
    this.#options = options;
  }

  take(ask: GatewayAsk): void {
    if (this.#waiting.length >= maxWaiting) {
      this.#options.log.debug({ kind: ask.ask.kind }, "question dropped: too many at once");
      return;
    }
    this.#waiting.push({ ask, at: this.#options.now() });
    if (this.#running < maxRunning) void this.#work();
  }

  async #work(): Promise<void> {
    this.#running += 1;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      if (this.#options.now() - next.at < staleMs) await this.#answer(next.ask);
    }
    this.#running -= 1;
  }

  async #answer(ask: GatewayAsk): Promise<void> {
    try {
      await this.#options.write(ask.id, await this.#options.answer(ask));
    } catch (error) {
      this.#options.log.debug(
        { error: error instanceof Error ? error.message : String(error) },
        "question not answered",
      );
    }
  }
}
