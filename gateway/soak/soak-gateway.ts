import { availableParallelism } from "node:os";
import { pino } from "pino";
import { endpointConfigSchema } from "../../lib/model/endpoint-config.ts";
import { type SnapshotApi, snapshotApiSchema } from "../../lib/model/snapshot.ts";
import { Gateway } from "../gateway.ts";
import { monotonicClock } from "../memory/monotonic-clock.ts";
import { WorkerPool } from "../workers/worker-pool.ts";

/** The gateway as it runs in an installation, with a worker for each core, configured by whoever runs the test. */
export async function startSoakGateway(): Promise<Gateway<WorkerPool>> {
  const log = pino({ level: "warn" });
  const gateway = new Gateway({
    id: "soak",
    version: "0.1.0",
    adminToken: "a token that nobody uses",
    secret: "a secret that nothing is sealed under",
    admin: { host: "127.0.0.1", port: 0 },
    workers: ({ sessions, ...hooks }) =>
      new WorkerPool({
        ...hooks,
        count: Math.max(2, availableParallelism()),
        address: { host: "127.0.0.1", port: 0 },
        start: {
          gatewayId: "soak",
          sessions,
          secret: "a secret of no use",
          logLevel: "warn",
          isTerminal: false,
          maxConnections: 20_000,
          wire: true,
        },
        log,
      }),
    log,
    now: monotonicClock(),
    wallClock: () => Date.now(),
    random: Math.random,
  });
  await gateway.listenTraffic();
  return gateway;
}

/** An open API `/soak/1` over these members, whose document differs with every revision. */
export function soakApi(urls: readonly string[], revision: number, session = "none"): SnapshotApi {
  return snapshotApiSchema.parse({
    id: "soak",
    name: "Soak",
    version: "1",
    context: "/soak",
    isDefaultVersion: false,
    lifecycleState: "PUBLISHED",
    apiKeyRequired: false,
    revision,
    keys: [],
    endpointConfig: endpointConfigSchema.parse({
      kind: "load-balance",
      protocol: "rest",
      algorithm: "round-robin",
      session: { kind: session, timeoutMs: 3_600_000 },
      failover: true,
      production: urls.map((url, index) => ({
        id: `member-${index}`,
        url,
        settings: { suspendInitialDurationMs: 250, responseTimeoutMs: 20_000 + (revision % 100) },
      })),
    }),
  });
}
