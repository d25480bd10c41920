import { pino } from "pino";
import type { SnapshotApi } from "../../lib/model/snapshot.ts";
import { Gateway, type GatewayOptions } from "../gateway.ts";
import { LocalWorker } from "../workers/local-worker.ts";
import type { TrafficWorkerOptions } from "../workers/traffic-worker.ts";

export const testSecret = "a secret for tests only";
export const testAdminToken = "an admin token for tests";

export type TestGateway = {
  gateway: Gateway<LocalWorker>;
  port: number;
  adminPort: number;
  /** Lines that were logged, parsed. */
  logged: Record<string, unknown>[];
  /** Serves these APIs and no others. */
  serve: (...apis: SnapshotApi[]) => Promise<void>;
  /** State of the n-th endpoint of an API's production group. */
  stateOf: (position?: number, apiId?: string) => string | undefined;
  close: () => Promise<void>;
};

/** A gateway in this process, on ports of its own, that serves what it is given. */
export async function startGateway(
  options: Partial<
    Pick<GatewayOptions, "wallClock" | "now"> &
      Pick<TrafficWorkerOptions, "idleMs" | "wire" | "removedGraceMs" | "clientLimits">
  > & {
    logLevel?: string;
  } = {},
): Promise<TestGateway> {
  const logged: Record<string, unknown>[] = [];
  const log = pino({ level: options.logLevel ?? "info" }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const { now = () => performance.now(), wallClock = () => Date.now(), idleMs, removedGraceMs } = options;
  const address = { host: "127.0.0.1", port: 0 };
  const gateway = new Gateway({
    id: "gateway-under-test",
    version: "0.1.0",
    adminToken: testAdminToken,
    secret: testSecret,
    admin: address,
    workers: ({ sessions }) =>
      new LocalWorker(address, {
        gatewayId: "gateway-under-test",
        sessions,
        secret: testSecret,
        log,
        now,
        wallClock,
        idleMs,
        wire: options.wire ?? process.env.FAIRLEAD_TEST_PATH !== "node",
        removedGraceMs,
        clientLimits: options.clientLimits,
      }),
    log,
    now,
    wallClock,
    random: Math.random,
  });
  await gateway.listenAdmin();
  await gateway.listenTraffic();
  let revision = 0;
  return {
    gateway,
    port: portOf(gateway.workers.worker.server),
    adminPort: portOf(gateway.admin),
    logged,
    serve: async (...apis) => {
      revision += 1;
      await gateway.configuration.replace({ revision, apis, refused: [] });
      gateway.applied();
    },
    stateOf: (position = 0, apiId = "api-1") =>
      gateway.configuration.groupsOf(apiId)?.production?.endpoints[position]?.state.kind,
    close: () => gateway.close(200),
  };
}

function portOf(server: Gateway["admin"]): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP address was expected");
  return address.port;
}
