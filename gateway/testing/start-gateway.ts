import { pino } from "pino";
import type { SnapshotApi } from "../../lib/model/snapshot.ts";
import { Gateway, type GatewayOptions } from "../gateway.ts";

export const testSecret = "a secret for tests only";
export const testAdminToken = "an admin token for tests";

export type TestGateway = {
  gateway: Gateway;
  port: number;
  adminPort: number;
  /** Lines that were logged, parsed. */
  logged: Record<string, unknown>[];
  /** Serves these APIs and no others. */
  serve: (...apis: SnapshotApi[]) => void;
  /** State of the n-th endpoint of an API's production group. */
  stateOf: (position?: number, apiId?: string) => string | undefined;
  close: () => Promise<void>;
};

/** A gateway in this process, on ports of its own, that serves what it is given. */
export async function startGateway(
  options: Partial<Pick<GatewayOptions, "wallClock" | "now" | "idleMs">> & { logLevel?: string } = {},
): Promise<TestGateway> {
  const logged: Record<string, unknown>[] = [];
  const log = pino({ level: options.logLevel ?? "info" }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const gateway = new Gateway({
    id: "gateway-under-test",
    version: "0.1.0",
    secret: testSecret,
    adminToken: testAdminToken,
    traffic: { host: "127.0.0.1", port: 0 },
    admin: { host: "127.0.0.1", port: 0 },
    log,
    now: options.now ?? (() => performance.now()),
    wallClock: options.wallClock ?? (() => Date.now()),
    ...(options.idleMs ? { idleMs: options.idleMs } : {}),
  });
  await gateway.listenAdmin();
  await gateway.listenTraffic();
  let revision = 0;
  return {
    gateway,
    port: portOf(gateway.traffic),
    adminPort: portOf(gateway.admin),
    logged,
    serve: (...apis) => {
      revision += 1;
      gateway.configuration.replace({ revision, apis, refused: [] });
      gateway.applied();
    },
    stateOf: (position = 0, apiId = "api-1") =>
      gateway.configuration.groupsOf(apiId)?.production?.endpoints[position]?.state.kind,
    close: () => gateway.close(200),
  };
}

function portOf(server: Gateway["traffic"]): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP address was expected");
  return address.port;
}
