import type { Logger } from "pino";
import type { RefusedApi, Snapshot, SnapshotChanges } from "../../lib/model/snapshot.ts";
import type { Configuration } from "./configuration.ts";

/** Where configurations come from. */
export type ConfigurationSource = {
  loadSnapshot: () => Promise<Snapshot>;
  loadChanges: (sinceRevision: number) => Promise<SnapshotChanges>;
};

export type ReloadHooks = {
  onApplied: (revision: number) => void;
  onErrors: (count: number) => void;
  /** Why nothing could be loaded; undefined when it could. */
  onLoaded: (failure: string | undefined) => void;
};

/** After a longer silence everything is read anew, whatever the database still knows of changes, ms. */
const changesKnownForMs = 4 * 60 * 60_000;

/**
 * Brings the configuration up to date, one load at a time: whoever asks while one is running gets one more after it, so
 * a hundred notifications cost two loads. A load that fails leaves everything as it is.
 */
export class Reloader {
  readonly #source: ConfigurationSource;
  readonly #configuration: Configuration;
  readonly #hooks: ReloadHooks;
  readonly #log: Logger;
  readonly #now: () => number;
  #running: Promise<boolean> | undefined;
  #isAskedAgain = false;
  /** Whether the next load reads everything: what is served may come from a file. */
  #needsSnapshot = true;
  /** When the database was read last, ms. */
  #readAt = 0;

  /** @param now ms of a monotonic clock */
  constructor(
    source: ConfigurationSource,
    configuration: Configuration,
    hooks: ReloadHooks,
    log: Logger,
    now: () => number,
  ) {
    this.#source = source;
    this.#configuration = configuration;
    this.#hooks = hooks;
    this.#log = log;
    this.#now = now;
  }

  /** Resolves when everything committed before the call is served; false when the last load could not read the database. */
  reload(): Promise<boolean> {
    if (this.#running) {
      this.#isAskedAgain = true;
      return this.#running;
    }
    this.#running = this.#loadUntilCurrent().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #loadUntilCurrent(): Promise<boolean> {
    let isCurrent: boolean;
    do {
      this.#isAskedAgain = false;
      isCurrent = await this.#tryToLoad();
    } while (this.#isAskedAgain);
    return isCurrent;
  }

  async #tryToLoad(): Promise<boolean> {
    try {
      await this.#load();
      this.#hooks.onLoaded(undefined);
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#hooks.onErrors(1);
      this.#hooks.onLoaded(reason);
      this.#log.warn({ error: reason }, "configuration not loaded");
      return false;
    }
  }

  async #load(): Promise<void> {
    const since = this.#configuration.revision;
    let refused: readonly RefusedApi[];
    const startedAt = this.#now();
    if (this.#needsSnapshot || since === undefined || startedAt - this.#readAt > changesKnownForMs) {
      const snapshot = await this.#source.loadSnapshot();
      await this.#configuration.replace(snapshot);
      this.#needsSnapshot = false;
      this.#readAt = startedAt;
      refused = snapshot.refused;
    } else {
      const changes = await this.#source.loadChanges(since);
      this.#readAt = startedAt;
      // A database that was restored from a backup is behind us: only a full load can be right.
      if (changes.revision < since) {
        this.#needsSnapshot = true;
        this.#isAskedAgain = true;
        return;
      }
      if (changes.revision === since) return;
      await this.#configuration.change(changes);
      refused = changes.refused;
    }
    for (const api of refused)
      this.#log.error({ api: api.id, name: api.name, reason: api.reason }, "stored API refused");
    if (refused.length > 0) this.#hooks.onErrors(refused.length);
    this.#hooks.onApplied(this.#configuration.revision ?? 0);
  }
}
