import { hostname } from "node:os";
import { join } from "node:path";
import { type Logger, pino } from "pino";
import { Synchronization } from "./config/synchronization.ts";
import { type GatewayEnvironment, readEnvironment } from "./env.ts";
import { Gateway } from "./gateway.ts";
import { keptGatewayId } from "./gateway-id.ts";

const version = "0.1.0";
/** Requests under way may take this long once the gateway is told to stop, ms. */
const drainMs = 30_000;

try {
  await run(readEnvironment(process.env));
} catch (error) {
  console.error(`Fairlead gateway: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

/** Resolves when the gateway serves traffic. */
async function run(env: GatewayEnvironment): Promise<void> {
  const log = openLog(env);
  exitOnFault(log);
  const file = join(env.FAIRLEAD_HOME, `gateway-${env.GATEWAY_PORT}`);
  const id = await keptGatewayId(`${file}.id`);
  const now = () => performance.now();
  const gateway = new Gateway({
    id,
    version,
    secret: env.FAIRLEAD_SECRET,
    adminToken: env.GATEWAY_ADMIN_TOKEN,
    traffic: { host: env.GATEWAY_HOST, port: env.GATEWAY_PORT },
    admin: { host: env.GATEWAY_ADMIN_HOST, port: env.GATEWAY_ADMIN_PORT },
    log,
    now,
    wallClock: () => Date.now(),
  });
  const synchronization = new Synchronization({
    gatewayId: id,
    databaseUrl: env.DATABASE_URL,
    snapshotPath: `${file}.snapshot.json`,
    configuration: gateway.configuration,
    onApplied: () => gateway.applied(),
    onErrors: (count) => gateway.metrics.countReloadErrors(count),
    onConnection: (isConnected) => {
      gateway.isDatabaseConnected = isConnected;
    },
    describe: () => gateway.report(`${hostname()}:${env.GATEWAY_PORT}`),
    answer: (ask) => gateway.answer(ask),
    now,
    random: Math.random,
    log,
  });
  await gateway.listenAdmin();
  stopOnSignal(gateway, synchronization, log);
  // Before there is a configuration, every answer would be "no such API".
  await synchronization.start();
  await gateway.listenTraffic();
  log.info({ id, traffic: env.GATEWAY_PORT, admin: env.GATEWAY_ADMIN_PORT }, "serving");
}

function openLog(env: GatewayEnvironment): Logger {
  const options = { level: env.LOG_LEVEL, base: { process: "gateway" } };
  return process.stdout.isTTY ? pino({ ...options, transport: { target: "pino-pretty" } }) : pino(options);
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
