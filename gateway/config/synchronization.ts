import type { Logger } from "pino";
import { type Database, openDatabase } from "../../lib/db/client.ts";
import { loadChanges, loadSnapshot } from "../../lib/db/load-snapshot.ts";
import { recordApiTraffic } from "../../lib/db/record-api-traffic.ts";
import { forgetGateway, recordGateway } from "../../lib/db/record-gateway.ts";
import { recordStatistics } from "../../lib/db/record-statistics.ts";
import { recordUsedKeys } from "../../lib/db/record-used-keys.ts";
import { storeGatewaySwitch } from "../../lib/db/store-gateway-switch.ts";
import { writeGatewayAnswer } from "../../lib/db/write-gateway-answer.ts";
import type { StatisticsTaken } from "../../lib/model/api-statistics.ts";
import type { SwitchRequest } from "../../lib/model/endpoint-switch.ts";
import type { GatewayAsk } from "../../lib/model/gateway-ask.ts";
import { type GatewayReport, gatewayReportIntervalMs } from "../../lib/model/gateway-report.ts";
import type { WatchCount } from "../../lib/model/watch-count.ts";
import { WatchReporter } from "../guard/watch-reporter.ts";
import { UsedKeyReporter } from "../keys/used-key-reporter.ts";
import { StatisticsReporter } from "../statistics/statistics-reporter.ts";
import { AfterQuiet } from "./after-quiet.ts";
import { Answerer } from "./answer.ts";
import type { Configuration } from "./configuration.ts";
import { listenForChanges } from "./listen.ts";
import { Reloader } from "./reload.ts";
import { Reporter } from "./report.ts";
import { findSnapshotFile, writeSnapshotFile } from "./snapshot-file.ts";

/** The first load may take this long before the last good snapshot is served instead, ms. */
const firstLoadMs = 4_000;
/** The snapshot is written when changes have paused for so long, and at the latest after so long, ms. */
const snapshotQuietMs = 1_000;
const snapshotMaxMs = 10_000;
/** How long a database that does not answer is waited for at the end, ms. */
const leaveMs = 4_000;
/** One for the load, one for the report, two for answers, one to spare. */
const maxConnections = 5;

export type SynchronizationOptions = {
  gatewayId: string;
  databaseUrl: string;
  /** The last good snapshot. */
  snapshotPath: string;
  configuration: Configuration;
  /** A configuration was taken over. */
  onApplied: () => void;
  /** So many stored APIs, or a whole load, could not be taken over. */
  onErrors: (count: number) => void;
  /** Why a whole load failed; undefined when one did not. */
  onLoaded: (failure: string | undefined) => void;
  onConnection: (isConnected: boolean) => void;
  /** What the installation is told of this gateway; undefined before the first configuration. */
  describe: () => GatewayReport | undefined;
  /** What this gateway says to a publisher's question; undefined: nothing. */
  answer: (ask: GatewayAsk["ask"]) => Promise<unknown>;
  /** What the workers counted of guarded APIs since they were last asked. */
  takeWatchCounts: () => Promise<readonly WatchCount[]>;
  /** What was counted of every API since it was last asked. */
  takeStatistics: () => Promise<StatisticsTaken>;
  /** The keys that came to the workers since they were last asked. */
  takeUsedKeys: () => Promise<readonly string[]>;
  now: () => number;
  /** ms since the epoch. */
  wallClock: () => number;
  random: () => number;
  log: Logger;
};

/**
 * Keeps the configuration of this gateway like the installation's, whatever becomes of the database: it serves on when
 * that goes away, starts from the last good snapshot without it, and catches up when it is back.
 */
export class Synchronization {
  readonly #options: SynchronizationOptions;
  readonly #db: Database;
  readonly #reloader: Reloader;
  readonly #reporter: Reporter;
  readonly #watches: WatchReporter;
  readonly #statistics: StatisticsReporter;
  readonly #usedKeys: UsedKeyReporter;
  readonly #snapshot: AfterQuiet;
  readonly #answerer: Answerer;
  readonly #stopping = new AbortController();
  readonly #configured = Promise.withResolvers<void>();
  readonly #databaseAway = Promise.withResolvers<void>();
  #listening: Promise<void> | undefined;
  #isConnected = false;

  constructor(options: SynchronizationOptions) {
    const { databaseUrl, gatewayId, configuration, describe, log, now } = options;
    this.#options = options;
    const db = openDatabase(databaseUrl, maxConnections);
    this.#db = db;
    this.#reloader = new Reloader(
      { loadSnapshot: () => loadSnapshot(db), loadChanges: (since) => loadChanges(db, since) },
      configuration,
      { onApplied: () => this.#onApplied(), onErrors: options.onErrors, onLoaded: options.onLoaded },
      log,
      now,
    );
    this.#reporter = new Reporter(
      {
        record: (report) => recordGateway(db, report),
        forget: () => forgetGateway(db, gatewayId),
      },
      describe,
      gatewayReportIntervalMs,
      log,
    );
    this.#watches = new WatchReporter({
      take: options.takeWatchCounts,
      record: (counts) => recordApiTraffic(db, gatewayId, counts),
      log,
    });
    this.#statistics = new StatisticsReporter({
      take: options.takeStatistics,
      record: (batch) => recordStatistics(db, gatewayId, batch, options.wallClock()),
      log,
    });
    this.#usedKeys = new UsedKeyReporter({
      take: options.takeUsedKeys,
      record: (keyIds) => recordUsedKeys(db, keyIds),
      log,
    });
    this.#answerer = new Answerer({
      answer: ({ ask }) => options.answer(ask),
      write: (askId, document) => writeGatewayAnswer(db, askId, gatewayId, document),
      now,
      log,
    });
    this.#snapshot = new AfterQuiet(() => this.#writeSnapshot(), snapshotQuietMs, snapshotMaxMs);
  }

  /** Resolves when there is a configuration to serve. */
  async start(): Promise<void> {
    const { databaseUrl, random, log } = this.#options;
    this.#listening = listenForChanges({
      databaseUrl,
      onChange: () => void this.#reload(),
      onAsk: (ask) => this.#answerer.take(ask),
      onConnection: (isConnected) => this.#onConnection(isConnected),
      random,
      log,
      signal: this.#stopping.signal,
    });
    const patience = setTimeout(this.#databaseAway.resolve, firstLoadMs);
    await Promise.race([this.#configured.promise, this.#databaseAway.promise]);
    clearTimeout(patience);
    await this.#startFromFile();
    await this.#configured.promise;
  }

  /** Writes down what is left and takes leave; not of a database that does not answer. */
  async close(): Promise<void> {
    this.#stopping.abort();
    this.#configured.resolve();
    await this.#listening;
    await this.#snapshot.close();
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, leaveMs);
    await Promise.race([this.#leave(), late]);
    clearTimeout(timer);
  }

  /** Together, so that none of them waits for one that gets no answer. */
  async #leave(): Promise<void> {
    const closing = [this.#watches, this.#statistics, this.#usedKeys, this.#reporter].map((each) => each.close());
    await Promise.all(closing);
    await this.#db.$disconnect();
  }

  /** Makes switches that were turned at this gateway those of the installation; whether they are. */
  async storeSwitch(apiId: string, requests: readonly SwitchRequest[]): Promise<boolean> {
    try {
      return await storeGatewaySwitch(this.#db, this.#options.gatewayId, apiId, requests, new Date());
    } catch (error) {
      this.#options.log.warn({ error: error instanceof Error ? error.message : String(error) }, "switch not stored");
      return false;
    }
  }

  async #reload(): Promise<void> {
    if (!(await this.#reloader.reload())) this.#databaseAway.resolve();
  }

  #onApplied(): void {
    const { configuration, log, onApplied } = this.#options;
    onApplied();
    log.info({ revision: configuration.revision, apis: configuration.size }, "configuration applied");
    this.#configured.resolve();
    this.#reporter.tell();
    this.#snapshot.ask();
  }

  #onConnection(isConnected: boolean): void {
    if (!isConnected) this.#databaseAway.resolve();
    if (isConnected !== this.#isConnected) this.#options.log.info({ isConnected }, "database connection");
    this.#isConnected = isConnected;
    this.#options.onConnection(isConnected);
  }

  async #startFromFile(): Promise<void> {
    const { configuration, snapshotPath, log, onApplied } = this.#options;
    if (configuration.revision !== undefined) return;
    const snapshot = await findSnapshotFile(snapshotPath);
    if (!snapshot) {
      if (configuration.revision !== undefined) return;
      log.warn("no configuration yet: the database is away, and there is no last good snapshot");
      return;
    }
    if (!(await configuration.begin(snapshot))) return;
    onApplied();
    const { revision, apis } = snapshot;
    log.warn({ revision, apis: apis.length }, "serving the last good snapshot: the database is away");
    this.#configured.resolve();
  }

  async #writeSnapshot(): Promise<void> {
    const { configuration, snapshotPath, log } = this.#options;
    const { revision, apis } = configuration;
    if (revision === undefined) return;
    try {
      await writeSnapshotFile(snapshotPath, { revision, apis });
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.message : String(error) }, "last good snapshot not written");
    }
  }
}
