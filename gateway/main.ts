import { randomUUID } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { type Logger, pino } from "pino";
import { openDatabase } from "../lib/db/client.ts";
import { loadChanges, loadSnapshot } from "../lib/db/load-snapshot.ts";
import { forgetGateway, recordGateway } from "../lib/db/record-gateway.ts";
import { gatewayReportIntervalMs } from "../lib/model/gateway-report.ts";
import { listenForChanges } from "./config/listen.ts";
import { Reloader } from "./config/reload.ts";
import { findSnapshotFile, writeSnapshotFile } from "./config/snapshot-file.ts";
import { type GatewayEnvironment, readEnvironment } from "./env.ts";
import { Gateway } from "./gateway.ts";

const version = "0.1.0";
const drainMs = 30_000;
/** The first load may take this long before the last good snapshot is served instead. */
const firstLoadMs = 4_000;
const writeSnapshotAfterMs = 1_000;

try {
  await run(readEnvironment(process.env));
} catch (error) {
  console.error(`Fairlead gateway: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

async function run(env: GatewayEnvironment): Promise<void> {
  const log = pino({ level: env.LOG_LEVEL, base: { process: "gateway" } });
  const id = await gatewayId(env);
  const gateway = new Gateway({
    id,
    version,
    secret: env.FAIRLEAD_SECRET,
    adminToken: env.GATEWAY_ADMIN_TOKEN,
    traffic: { host: env.GATEWAY_HOST, port: env.GATEWAY_PORT },
    admin: { host: env.GATEWAY_ADMIN_HOST, port: env.GATEWAY_ADMIN_PORT },
    log,
    now: () => performance.now(),
    wallClock: () => Date.now(),
  });
  await gateway.listen();

  const db = openDatabase(env.DATABASE_URL, 3);
  const stopping = new AbortController();
  const snapshotPath = join(env.FAIRLEAD_HOME, `gateway-${env.GATEWAY_PORT}.snapshot.json`);
  const { configuration } = gateway;

  const writeSoon = afterQuiet(
    writeSnapshotAfterMs,
    async () => {
      await writeSnapshotFile(snapshotPath, { revision: configuration.revision ?? 0, apis: configuration.apis });
    },
    log,
  );
  const report = async () => {
    const { appliedAt, startedAt } = gateway;
    if (!appliedAt || configuration.revision === undefined) return;
    const { revision: appliedRevision, refused: refusedApis } = configuration;
    const host = `${hostname()}:${env.GATEWAY_PORT}`;
    await recordGateway(db, { id, host, version, startedAt, appliedRevision, appliedAt, refusedApis }, new Date());
  };
  const tell = () => {
    report().catch((error: unknown) => log.debug({ error: String(error) }, "report not written"));
  };

  const reloader = new Reloader(
    { loadSnapshot: () => loadSnapshot(db), loadChanges: (since) => loadChanges(db, since) },
    configuration,
    {
      onApplied: (revision) => {
        gateway.applied();
        log.info({ revision, apis: configuration.apis.length }, "configuration applied");
        tell();
        writeSoon.ask();
      },
      onErrors: (count) => gateway.metrics.countReloadErrors(count),
    },
    log,
  );

  const listening = listenForChanges({
    databaseUrl: env.DATABASE_URL,
    onChange: () => void reloader.reload(),
    onConnection: (isConnected) => {
      if (isConnected !== gateway.isDatabaseConnected) log.info({ isConnected }, "database connection");
      gateway.isDatabaseConnected = isConnected;
    },
    random: Math.random,
    log,
    signal: stopping.signal,
  });
  await startFromFile(gateway, snapshotPath, log);
  const reporting = setInterval(tell, gatewayReportIntervalMs);

  const stop = async () => {
    if (stopping.signal.aborted) return;
    log.info("stopping");
    clearInterval(reporting);
    await gateway.close(drainMs);
    await writeSoon.flush();
    stopping.abort();
    await listening;
    await forgetGateway(db, id).catch(() => undefined);
    await db.$disconnect();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());
}

/** Serves the last good snapshot when the database has not answered in time. */
async function startFromFile(gateway: Gateway, path: string, log: Logger): Promise<void> {
  const deadline = performance.now() + firstLoadMs;
  while (gateway.configuration.revision === undefined && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  if (gateway.configuration.revision !== undefined) return;
  const snapshot = await findSnapshotFile(path);
  if (!snapshot || gateway.configuration.revision !== undefined) return;
  gateway.configuration.replace(snapshot);
  gateway.applied();
  log.warn(
    { revision: snapshot.revision, apis: snapshot.apis.length },
    "serving the last good snapshot: the database is away",
  );
}

/** The same name for the same gateway across restarts, so that nobody sees a crowd of ghosts. */
async function gatewayId(env: GatewayEnvironment): Promise<string> {
  await mkdir(env.FAIRLEAD_HOME, { recursive: true });
  const path = join(env.FAIRLEAD_HOME, `gateway-${env.GATEWAY_PORT}.id`);
  try {
    const stored = (await readFile(path, "utf8")).trim();
    if (/^[\w-]{8,64}$/.test(stored)) return stored;
  } catch {
    // The first start.
  }
  const id = randomUUID();
  await writeFile(path, id, { mode: 0o600 });
  return id;
}

/** Runs `work` once nothing has asked for it for `quietMs`, never twice at once; `flush` does what is still owed. */
function afterQuiet(quietMs: number, work: () => Promise<void>, log: Logger) {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const run = () => {
    timer = undefined;
    running = running.then(work).catch((error: unknown) => log.warn({ error: String(error) }, "snapshot not written"));
  };
  return {
    ask: () => {
      clearTimeout(timer);
      timer = setTimeout(run, quietMs);
    },
    flush: async () => {
      if (timer) {
        clearTimeout(timer);
        run();
      }
      await running;
    },
  };
}
