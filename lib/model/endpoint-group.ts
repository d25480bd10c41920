import {
  defaultSessionTimeoutMs,
  type Endpoint,
  type EndpointConfig,
  endpointsOf,
  type KeyType,
  type sessionKinds,
} from "./endpoint-config.ts";

/** What serves one key type of one API at the gateway. Times in ms, defaults filled in. */
export type EndpointGroup =
  | { kind: "single"; endpoint: Endpoint; retryNonIdempotent: boolean }
  | {
      kind: "load-balance";
      members: readonly Endpoint[];
      session: { kind: (typeof sessionKinds)[number]; timeoutMs: number };
      failover: boolean;
      retryNonIdempotent: boolean;
    }
  | { kind: "failover"; members: readonly Endpoint[]; retryNonIdempotent: boolean };

/** The group that serves a key type, or undefined where it is not configured. */
export function findEndpointGroup(config: EndpointConfig, keyType: KeyType): EndpointGroup | undefined {
  const members = endpointsOf(config, keyType);
  const [first] = members;
  if (!first) return undefined;
  const { retryNonIdempotent } = config;
  switch (config.kind) {
    case "single":
      return { kind: "single", endpoint: first, retryNonIdempotent };
    case "load-balance":
      return {
        kind: "load-balance",
        members,
        session: { kind: config.session.kind, timeoutMs: config.session.timeoutMs ?? defaultSessionTimeoutMs },
        failover: config.failover,
        retryNonIdempotent,
      };
    case "failover":
      return { kind: "failover", members, retryNonIdempotent };
  }
}
