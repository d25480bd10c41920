import { type EndpointConfigKind, endpointConfigSchema } from "../../lib/model/endpoint-config.ts";
import type { RuntimeSettings } from "../../lib/model/runtime-settings.ts";
import { type SnapshotApi, snapshotApiSchema } from "../../lib/model/snapshot.ts";

type EndpointInput = string | { url: string; settings?: Record<string, unknown>; weight?: number };

type ApiInput = Partial<Omit<SnapshotApi, "endpointConfig" | "runtime">> & {
  runtime?: Partial<RuntimeSettings>;
  kind?: EndpointConfigKind;
  /** How many endpoints each tier of a tiered group has, in order. */
  tiers?: number[];
  production?: EndpointInput[];
  sandbox?: EndpointInput[];
  failover?: boolean;
  retryNonIdempotent?: boolean;
  session?: { kind: string; timeoutMs?: number };
  failoverStatuses?: { statuses: number[]; allMethods?: boolean };
  healthCheck?: { path: string; [setting: string]: unknown };
  slowStartMs?: number;
};

/** An open, published API `/shop` 1.0.0 whose endpoints have the ids a, b, c… in production and sa, sb… in sandbox. */
export function apiWith(input: ApiInput): SnapshotApi {
  const { kind = "load-balance", tiers, production, sandbox, failover = true, session, ...others } = input;
  const { retryNonIdempotent, failoverStatuses, healthCheck, slowStartMs, ...rest } = others;
  const groupOf = (endpoints: EndpointInput[] | undefined, prefix: string) => {
    const members = endpoints?.map((endpoint, index) => ({
      id: `${prefix}${String.fromCharCode(97 + index)}`,
      ...(typeof endpoint === "string" ? { url: endpoint } : endpoint),
    }));
    if (!members) return undefined;
    if (kind === "single") return members[0];
    if (kind === "tiered") return inTiers(members, tiers ?? [1, members.length - 1]);
    return kind === "failover" ? { primary: members[0], failovers: members.slice(1) } : members;
  };
  const balance = { algorithm: "round-robin", session: session ?? { kind: "none" } };
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
      ...(kind === "load-balance" ? { ...balance, failover } : {}),
      ...(kind === "tiered" ? balance : {}),
      retryNonIdempotent,
      failoverStatuses,
      healthCheck,
      slowStartMs,
      production: groupOf(production, ""),
      sandbox: groupOf(sandbox, "s"),
    }),
    ...rest,
  });
}

function inTiers<Member>(members: readonly Member[], sizes: readonly number[]) {
  let start = 0;
  return sizes.map((size, index) => {
    start += size;
    return { id: `tier-${index + 1}`, members: members.slice(start - size, start) };
  });
}
