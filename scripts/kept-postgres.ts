import { setTimeout as sleep } from "node:timers/promises";
import { reasonOf } from "./failure.ts";
import { PostgresCluster, type PostgresClusterOptions } from "./postgres-cluster.ts";
import { restartDelayMs, stableAfterMs } from "./restart-delay.ts";

/** The embedded PostgreSQL, started again on the same port whenever it ends, until `close()`. */
export class KeptPostgres {
  readonly #options: PostgresClusterOptions;
  readonly #closing = new AbortController();
  readonly #kept: Promise<void>;
  #cluster: PostgresCluster;

  private constructor(options: PostgresClusterOptions, cluster: PostgresCluster) {
    this.#options = options;
    this.#cluster = cluster;
    this.#kept = this.#keep();
  }

  /** The first start fails with the reason; later ones are repeated. */
  static async start(options: PostgresClusterOptions): Promise<KeptPostgres> {
    return new KeptPostgres(options, await PostgresCluster.start(options));
  }

  /** Makes a database unless it exists, and answers its connection string. */
  async ensureDatabase(name: string): Promise<string> {
    await this.#cluster.ensureDatabase(name);
    return this.#cluster.url(name);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#cluster.close();
    await this.#kept;
  }

  async #keep(): Promise<void> {
    const { signal } = this.#closing;
    for (let failures = 0; ; ) {
      const startedAt = performance.now();
      await this.#cluster.ended;
      failures = performance.now() - startedAt > stableAfterMs ? 1 : failures + 1;
      if (signal.aborted) return;
      console.error(`Fairlead: PostgreSQL ended; starting it again in ${restartDelayMs(failures) / 1_000} s`);
      await sleep(restartDelayMs(failures), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        this.#cluster = await PostgresCluster.start(this.#options);
        if (signal.aborted) await this.#cluster.close();
      } catch (error) {
        console.error(`Fairlead: ${reasonOf(error)}`);
      }
    }
  }
}
