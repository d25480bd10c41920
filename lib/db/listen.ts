import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

export type ListenOptions = {
  databaseUrl: string;
  /** Names the connection in `pg_stat_activity`. */
  applicationName: string;
  channels: readonly string[];
  onNotification: (channel: string, payload: string) => void;
  /** After every connection: what was sent before it is lost. */
  onConnected: () => void;
  /** The connection broke, or none could be made; it is tried again until `signal` aborts. */
  onLost: (error: unknown) => void;
  /** The connection was found to live, every ten seconds. */
  onAlive?: () => void;
  /** 0 to 1, for the jitter of reconnecting. */
  random: () => number;
  signal: AbortSignal;
};

const minDelayMs = 100;
const maxDelayMs = 5_000;
const checkIntervalMs = 10_000;
const leaveTimeoutMs = 1_000;

/**
 * Listens on channels of PostgreSQL with one connection of its own, until `signal` aborts. A connection that breaks or
 * does not answer is given up and made anew.
 */
export async function listen(options: ListenOptions): Promise<void> {
  let delayMs = minDelayMs;
  while (!options.signal.aborted) {
    try {
      await listenOnce(options, () => {
        delayMs = minDelayMs;
      });
    } catch (error) {
      options.onLost(error);
    }
    await sleep(delayMs * (0.5 + options.random()), undefined, { signal: options.signal }).catch(() => undefined);
    delayMs = Math.min(delayMs * 2, maxDelayMs);
  }
}

async function listenOnce(options: ListenOptions, onConnected: () => void): Promise<void> {
  const client = new pg.Client({
    connectionString: options.databaseUrl,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
    keepAlive: true,
    application_name: options.applicationName,
  });
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const onStop = () => reject(new Error("the process is stopping"));
  client.on("error", reject);
  client.on("end", () => reject(new Error("the connection ended")));
  options.signal.addEventListener("abort", onStop);
  ended.catch(() => undefined);
  try {
    await Promise.race([client.connect(), ended]);
    client.on("notification", ({ channel, payload }) => options.onNotification(channel, payload ?? ""));
    for (const channel of options.channels) await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    onConnected();
    options.onConnected();
    for (;;) {
      await Promise.race([sleep(checkIntervalMs, undefined, { signal: options.signal }), ended]);
      await Promise.race([client.query("SELECT 1"), ended]);
      options.onAlive?.();
    }
  } finally {
    options.signal.removeEventListener("abort", onStop);
    // A server that has gone silent does not take leave either.
    await Promise.race([client.end().catch(() => undefined), sleep(leaveTimeoutMs, undefined, { ref: false })]);
  }
}
