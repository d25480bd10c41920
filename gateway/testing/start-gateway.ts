import { pino } from "pino";
import { endpointConfigSchema } from "../../lib/model/endpoint-config.ts";
import { type SnapshotApi, snapshotApiSchema } from "../../lib/model/snapshot.ts";
import { Gateway } from "../gateway.ts";

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
  options: { wallClock?: () => number; now?: () => number; logLevel?: string } = {},
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
  });
  await gateway.listen();
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

type EndpointInput = string | { url: string; settings: Record<string, unknown> };

type ApiInput = Partial<Omit<SnapshotApi, "endpointConfig">> & {
  kind?: "single" | "load-balance" | "failover";
  production?: EndpointInput[];
  sandbox?: EndpointInput[];
  failover?: boolean;
  retryNonIdempotent?: boolean;
  session?: { kind: string; timeoutMs?: number };
};

/** An open, published API `/shop` 1.0.0 whose endpoints have the ids a, b, c… in production and sa, sb… in sandbox. */
export function apiWith(input: ApiInput): SnapshotApi {
  const { kind = "load-balance", production, sandbox, failover = true, retryNonIdempotent, session, ...rest } = input;
  const groupOf = (endpoints: EndpointInput[] | undefined, prefix: string) => {
    const members = endpoints?.map((endpoint, index) => ({
      id: `${prefix}${String.fromCharCode(97 + index)}`,
      ...(typeof endpoint === "string" ? { url: endpoint } : endpoint),
    }));
    if (!members) return undefined;
    if (kind === "single") return members[0];
    return kind === "failover" ? { primary: members[0], failovers: members.slice(1) } : members;
  };
  const balance = { algorithm: "round-robin", session: session ?? { kind: "none" }, failover };
  return snapshotApiSchema.parse({
    id: "api-1",
    name: "Shop",
    version: "1.0.0",
    context: "/shop",
    isDefaultVersion: false,
    lifecycleState: "PUBLISHED",
    apiKeyRequired: false,
    revision: 1,
    keys: [],
    endpointConfig: endpointConfigSchema.parse({
      kind,
      protocol: "rest",
      ...(kind === "load-balance" ? balance : {}),
      ...(retryNonIdempotent === undefined ? {} : { retryNonIdempotent }),
      production: groupOf(production, ""),
      sandbox: groupOf(sandbox, "s"),
    }),
    ...rest,
  });
}
