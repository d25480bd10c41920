import { randomUUID } from "node:crypto";
import type { GatewayAsk, GatewayQuestion } from "../model/gateway-ask.ts";
import type { Database } from "./client.ts";
import { listen } from "./listen.ts";
import { gatewayAnswerChannel, gatewayAskChannel } from "./notify.ts";
import { presentGateways } from "./present-gateways.ts";

/** How long gateways have for an answer unless told otherwise, ms. */
export const defaultAskDeadlineMs = 1_000;
/** Answers nobody fetched are deleted when they are older, ms; it is looked for them as often. */
const keepAnswersMs = 60_000;
/** Most questions under way at once; the next ones are refused. */
const maxOpen = 200;

export type AskOptions = {
  deadlineMs?: number;
  signal?: AbortSignal;
  /** Gateways that are not waited for. Their answer counts if it is there when the others' are. */
  doNotAwait?: ReadonlySet<string>;
};

/** `document` null: the gateway has nothing to say. */
export type GatewayAnswer<Document> = { gatewayId: string; document: Document | null };

export type GatewayAnswers<Document> = {
  answers: GatewayAnswer<Document>[];
  /** Gateways that are connected and did not answer in time, or in words we do not know. */
  silent: string[];
};

type Open = { onAnswer: (gatewayId: string) => void };

/**
 * Asks gateways through the database, which they all reach, wherever they run. Owns a connection on which it hears of
 * answers, made at the first question.
 */
export class GatewayAsker {
  readonly #db: Database;
  readonly #databaseUrl: string;
  readonly #now: () => Date;
  readonly #open = new Map<string, Open>();
  readonly #stopping = new AbortController();
  #listening: Promise<void> | undefined;
  #connected = Promise.withResolvers<void>();
  #isConnected = false;
  #sweptAtMs = 0;

  constructor(db: Database, databaseUrl: string, now: () => Date) {
    this.#db = db;
    this.#databaseUrl = databaseUrl;
    this.#now = now;
  }

  /**
   * Asks every connected gateway, and waits until all have answered or the deadline has passed.
   *
   * @param read makes of a document what it says; undefined when it says nothing we know
   * Throws when the database is away, the signal aborts, or too much is asked at once.
   */
  async ask<Document>(
    question: GatewayQuestion,
    read: (document: unknown) => Document | undefined,
    options: AskOptions = {},
  ): Promise<GatewayAnswers<Document>> {
    if (this.#open.size >= maxOpen) throw new Error("Gateways are asked too much at once.");
    const deadline = AbortSignal.timeout(options.deadlineMs ?? defaultAskDeadlineMs);
    const stop = AbortSignal.any([this.#stopping.signal, ...(options.signal ? [options.signal] : [])]);
    const end = AbortSignal.any([deadline, stop]);
    await this.#listen(end);
    const connected = await this.#connectedGateways();
    const awaited = new Set(connected.filter((id) => !options.doNotAwait?.has(id)));
    const ask: GatewayAsk = { id: randomUUID(), ask: question };
    const answered = this.#awaitAnswers(ask.id, awaited, end);
    try {
      await this.#db.$executeRaw`SELECT pg_notify(${gatewayAskChannel}, ${JSON.stringify(ask)})`;
      await answered;
    } finally {
      this.#open.delete(ask.id);
    }
    stop.throwIfAborted();
    const answers = await this.#fetch(ask.id, read);
    const heard = new Set(answers.map(({ gatewayId }) => gatewayId));
    return { answers, silent: connected.filter((id) => !heard.has(id)) };
  }

  /** Ends the connection; questions under way end with an error. */
  async close(): Promise<void> {
    this.#stopping.abort(new Error("The publisher is stopping."));
    await this.#listening;
  }

  async #listen(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#listening ??= listen({
      databaseUrl: this.#databaseUrl,
      applicationName: "fairlead-publisher-answers",
      channels: [gatewayAnswerChannel],
      onNotification: (_channel, payload) => this.#onNotification(payload),
      onConnected: () => {
        this.#isConnected = true;
        this.#connected.resolve();
      },
      onLost: () => {
        // A promise that nobody has resolved yet is still what everybody waits for.
        if (this.#isConnected) this.#connected = Promise.withResolvers<void>();
        this.#isConnected = false;
      },
      random: Math.random,
      signal: this.#stopping.signal,
    });
    const { promise: given, reject } = Promise.withResolvers<never>();
    const giveUp = () => reject(new Error("The database cannot be reached.", { cause: signal.reason }));
    signal.addEventListener("abort", giveUp, { once: true });
    try {
      await Promise.race([this.#connected.promise, given]);
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
  }

  async #connectedGateways(): Promise<string[]> {
    return (await presentGateways(this.#db)).map(({ id }) => id);
  }

  /** Resolves when all awaited gateways have answered, or at `signal`. */
  #awaitAnswers(askId: string, awaited: Set<string>, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (awaited.size === 0 || signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
    const onAnswer = (gatewayId: string) => {
      awaited.delete(gatewayId);
      if (awaited.size === 0) resolve();
    };
    this.#open.set(askId, { onAnswer });
    return promise;
  }

  #onNotification(payload: string): void {
    const space = payload.indexOf(" ");
    this.#open.get(payload.slice(0, space))?.onAnswer(payload.slice(space + 1));
  }

  async #fetch<Document>(
    askId: string,
    read: (document: unknown) => Document | undefined,
  ): Promise<GatewayAnswer<Document>[]> {
    const nowMs = this.#now().getTime();
    if (nowMs - this.#sweptAtMs >= keepAnswersMs) {
      this.#sweptAtMs = nowMs;
      await this.#db.$executeRaw`
        DELETE FROM gateway_answer WHERE at < now() - make_interval(secs => ${keepAnswersMs / 1_000}::int)`;
    }
    const rows = await this.#db.$queryRaw<{ gatewayId: string; document: unknown }[]>`
      DELETE FROM gateway_answer WHERE ask_id = ${askId}::uuid RETURNING gateway_id AS "gatewayId", document`;
    const answers: GatewayAnswer<Document>[] = [];
    for (const { gatewayId, document } of rows) {
      const said = document === null ? null : read(document);
      if (said !== undefined) answers.push({ gatewayId, document: said });
    }
    return answers;
  }
}
