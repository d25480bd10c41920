import {
  defaultSessionTimeoutMs,
  type Endpoint,
  type EndpointConfig,
  endpointsOf,
  type KeyType,
  type SessionSettings,
  type sessionKinds,
} from "./endpoint-config.ts";
import type { FailoverStatuses, HealthCheck } from "./group-settings.ts";

export type EndpointGroupKind = EndpointConfig["kind"];

/**
 * What serves one key type of one API at the gateway, with every default filled in. The endpoints stand in tiers: the
 * first tier of which one is ready serves, and within a tier the load is balanced. A single endpoint is one tier of one, a
 * load-balanced group one tier of many, a failover group one tier for each endpoint, a tiered group has what its publisher
 * made. Times in ms.
 */
export type EndpointGroup = {
  kind: EndpointGroupKind;
  tiers: readonly (readonly Endpoint[])[];
  session: { kind: (typeof sessionKinds)[number]; timeoutMs: number };
  /** Whether a failed request may be tried at another endpoint at all. */
  mayFailOver: boolean;
  retryNonIdempotent: boolean;
  failoverStatuses: FailoverStatuses | undefined;
  healthCheck: HealthCheck | undefined;
  /** 0: an endpoint that came back has its share at once. */
  slowStartMs: number;
};

const noSession = { kind: "none", timeoutMs: 0 } as const;

/** The group that serves a key type, or undefined where it is not configured. */
export function findEndpointGroup(config: EndpointConfig, keyType: KeyType): EndpointGroup | undefined {
  const members = endpointsOf(config, keyType);
  if (members.length === 0) return undefined;
  const common = {
    retryNonIdempotent: config.retryNonIdempotent,
    failoverStatuses: config.failoverStatuses,
    healthCheck: config.healthCheck,
    slowStartMs: config.slowStartMs ?? 0,
  };
  switch (config.kind) {
    case "single":
      return { kind: "single", tiers: [members], session: noSession, mayFailOver: false, ...common };
    case "load-balance":
      return {
        kind: "load-balance",
        tiers: [members],
        session: sessionInEffect(config.session),
        mayFailOver: config.failover,
        ...common,
      };
    case "failover":
      return {
        kind: "failover",
        tiers: members.map((member) => [member]),
        session: noSession,
        mayFailOver: true,
        ...common,
      };
    case "tiered":
      return {
        kind: "tiered",
        tiers: (config[keyType] ?? []).map((tier) => tier.members),
        session: sessionInEffect(config.session),
        mayFailOver: true,
        ...common,
      };
  }
}

function sessionInEffect({ kind, timeoutMs = defaultSessionTimeoutMs }: SessionSettings): EndpointGroup["session"] {
  return { kind, timeoutMs };
}
