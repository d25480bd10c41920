import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "pino";
import { configChangedChannel } from "../../lib/db/notify.ts";

export type ListenOptions = {
  databaseUrl: string;
  /** Called after every connection and every notification. */
  onChange: () => void;
  onConnection: (isConnected: boolean) => void;
  /** 0 to 1, for the jitter of reconnecting. */
  random: () => number;
  log: Logger;
  signal: AbortSignal;
};

const minDelayMs = 100;
const maxDelayMs = 5_000;
const checkIntervalMs = 10_000;
const leaveTimeoutMs = 1_000;

/**
 * Listens for changes for as long as the process lives. A notification only nudges; after every (re)connection the truth
 * is read again, since what was sent meanwhile is lost. A connection that does not answer is given up.
 */
export async function listenForChanges(options: ListenOptions): Promise<void> {
  let delayMs = minDelayMs;
  while (!options.signal.aborted) {
    try {
      await listenOnce(options, () => {
        delayMs = minDelayMs;
      });
    } catch (error) {
      options.log.warn({ error: error instanceof Error ? error.message : String(error) }, "database connection lost");
    }
    options.onConnection(false);
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
    application_name: "fairlead-gateway",
  });
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const onStop = () => reject(new Error("the gateway is stopping"));
  client.on("error", reject);
  client.on("end", () => reject(new Error("the connection ended")));
  options.signal.addEventListener("abort", onStop);
  ended.catch(() => undefined);
  try {
    await Promise.race([client.connect(), ended]);
    client.on("notification", options.onChange);
    await client.query(`LISTEN ${configChangedChannel}`);
    onConnected();
    options.onConnection(true);
    options.onChange();
    for (;;) {
      await Promise.race([sleep(checkIntervalMs, undefined, { signal: options.signal }), ended]);
      await Promise.race([client.query("SELECT 1"), ended]);
      options.onChange();
    }
  } finally {
    options.signal.removeEventListener("abort", onStop);
    // A server that has gone silent does not take leave either.
    await Promise.race([client.end().catch(() => undefined), sleep(leaveTimeoutMs, undefined, { ref: false })]);
  }
}
