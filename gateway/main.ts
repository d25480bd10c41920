import { availableParallelism, hostname } from "node:os";
import { join } from "node:path";
import type { Logger } from "pino";
import { Synchronization } from "./config/synchronization.ts";
import { type GatewayEnvironment, readEnvironment, workerEnvironment } from "./env.ts";
import { Gateway } from "./gateway.ts";
import { keptGatewayId } from "./gateway-id.ts";
import { openLog } from "./log.ts";
import { monotonicClock } from "./memory/monotonic-clock.ts";
import { connectionsWithin, openFilesLimit } from "./open-files.ts";
import { WorkerPool } from "./workers/worker-pool.ts";

const version = "0.1.0";
/** Requests under way may take this long once the gateway is told to stop, ms. */
const drainMs = 30_000;
/** Where the kernel spreads connections over listeners of one port; elsewhere one thread serves. */
const canSharePorts = process.platform === "linux" || process.platform === "freebsd";

try {
  await run(readEnvironment(process.env));
} catch (error) {
  console.error(`Fairlead gateway: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

/** Resolves when the gateway serves traffic. */
async function run(env: GatewayEnvironment): Promise<void> {
  const isTerminal = process.stdout.isTTY === true;
  const { log } = openLog({ level: env.LOG_LEVEL, isTerminal });
  exitOnFault(log);
  const file = join(env.FAIRLEAD_HOME, `gateway-${env.GATEWAY_PORT}`);
  const id = await keptGatewayId(`${file}.id`);
  const now = monotonicClock();
  const maxConnections = connectionsWithin(env.GATEWAY_MAX_CONNECTIONS, openFilesLimit());
  if (maxConnections < env.GATEWAY_MAX_CONNECTIONS)
    log.warn({ maxConnections }, "fewer connections than GATEWAY_MAX_CONNECTIONS: the limit of open files is too low");
  const gateway = new Gateway({
    id,
    version,
    adminToken: env.GATEWAY_ADMIN_TOKEN,
    secret: env.FAIRLEAD_SECRET,
    admin: { host: env.GATEWAY_ADMIN_HOST, port: env.GATEWAY_ADMIN_PORT },
    workers: ({ sessions, ...hooks }) =>
      new WorkerPool({
        ...hooks,
        count: canSharePorts ? (env.GATEWAY_WORKERS ?? availableParallelism()) : 1,
        address: { host: env.GATEWAY_HOST, port: env.GATEWAY_PORT },
        environment: workerEnvironment(process.env),
        start: {
          gatewayId: id,
          sessions,
          secret: env.FAIRLEAD_SECRET,
          logLevel: env.LOG_LEVEL,
          isTerminal,
          maxConnections,
          wire: env.GATEWAY_WIRE_PATH === "on",
        },
        log,
      }),
    log,
    now,
    wallClock: () => Date.now(),
    random: Math.random,
  });
  const synchronization = new Synchronization({
    gatewayId: id,
    databaseUrl: env.DATABASE_URL,
    snapshotPath: `${file}.snapshot.json`,
    configuration: gateway.configuration,
    onApplied: () => gateway.applied(),
    onErrors: (count) => gateway.metrics.countReloadErrors(count),
    onLoaded: (failure) => gateway.reloadFailed(failure),
    onConnection: (isConnected) => {
      gateway.isDatabaseConnected = isConnected;
    },
    describe: () => gateway.report(`${hostname()}:${env.GATEWAY_PORT}`),
    answer: (ask) => gateway.answer(ask),
    takeWatchCounts: () => gateway.workers.takeWatchCounts(),
    takeStatistics: () => gateway.takeStatistics(),
    takeUsedKeys: () => gateway.workers.takeUsedKeys(),
    now,
    wallClock: () => Date.now(),
    random: Math.random,
    log,
  });
  gateway.storeSwitch = (apiId, requests) => synchronization.storeSwitch(apiId, requests);
  await gateway.listenAdmin();
  stopOnSignal(gateway, synchronization, log);
  // Before there is a configuration, every answer would be "no such API".
  await synchronization.start();
  // Ten thousand rows have been read and parsed; nobody would clean up after them before the next thousand requests.
  globalThis.gc?.();
  await gateway.listenTraffic();
  log.info({ id, traffic: env.GATEWAY_PORT, admin: env.GATEWAY_ADMIN_PORT }, "serving");
}

/** After a fault that nobody expected, nothing in the process can be trusted: whoever watches it starts it again. */
function exitOnFault(log: Logger): void {
  const exit = (error: unknown) => {
    log.fatal({ error: error instanceof Error ? error.stack : String(error) }, "the gateway ends after a fault");
    process.exit(1);
  };
  process.once("uncaughtException", exit);
  process.once("unhandledRejection", exit);
}

/** The first signal drains, the next one ends the process as it is. */
function stopOnSignal(gateway: Gateway, synchronization: Synchronization, log: Logger): void {
  const stop = async () => {
    log.info("stopping: requests under way may finish");
    await gateway.close(drainMs);
    await synchronization.close();
    process.exit(0);
  };
  let isStopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      void stop();
    });
  }
}
