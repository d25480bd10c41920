import {
  type Endpoint,
  type EndpointConfig,
  type EndpointConfigKind,
  endpointsOf,
  type KeyType,
  type SessionSettings,
} from "@/lib/model/endpoint-config.ts";

/** An endpoint as it is being edited: its URL may be anything yet. */
export type DraftEndpoint = Endpoint & {
  /** Id of the pool that it stands in, once the Endpoint Type is or was Tiered. */
  pool?: string;
};

/**
 * One key type as it is being edited. There is always at least one endpoint, the first being the one that the field
 * at the top of the page shows. What is not enabled, or not the first while the kind is single, is kept so that
 * choosing back brings it back; it is not saved. While the kind is tiered, endpoints stand in the order of their pools.
 */
export type DraftGroup = { enabled: boolean; endpoints: DraftEndpoints; pools: readonly string[] };

/** Never empty. */
export type DraftEndpoints = readonly [DraftEndpoint, ...DraftEndpoint[]];

/** What holds for all endpoints of an API, whatever their Endpoint Type. */
export type GroupSettings = Pick<
  EndpointConfig,
  "retryNonIdempotent" | "failoverStatuses" | "healthCheck" | "slowStartMs"
>;

/** The whole Endpoints form: what every Endpoint Type needs at once, so that changing the type loses nothing typed. */
export type EndpointsDraft = {
  protocol: EndpointConfig["protocol"];
  kind: EndpointConfigKind;
  session: SessionSettings;
  failover: boolean;
  settings: GroupSettings;
  extra: EndpointConfig["extra"];
  production: DraftGroup;
  sandbox: DraftGroup;
};

/** The form for what is stored; null is an API without endpoints, whose production endpoint waits to be filled in. */
export function draftFromConfig(config: EndpointConfig | null, newId: () => string): EndpointsDraft {
  const balanced = config?.kind === "load-balance" || config?.kind === "tiered" ? config : undefined;
  return {
    protocol: config?.protocol ?? "rest",
    kind: config?.kind ?? "single",
    session: balanced?.session ?? { kind: "none" },
    failover: config?.kind === "load-balance" ? config.failover : true,
    settings: config ? groupSettings(config) : { retryNonIdempotent: false },
    extra: config?.extra,
    production: draftGroup(config, "production", config === null, newId),
    sandbox: draftGroup(config, "sandbox", false, newId),
  };
}

/** What saving the form would store. It need not be valid: the schema says what is wrong, at which path. */
export function configFromDraft(draft: EndpointsDraft): EndpointConfig {
  const { kind, protocol, extra, session, failover } = draft;
  const shared = { protocol, ...groupSettings(draft.settings), ...(extra && { extra }) };
  switch (kind) {
    case "single":
      return { kind, ...shared, ...enabledGroups(draft, ({ endpoints: [first] }) => storedEndpoint(first)) };
    case "load-balance": {
      const groups = enabledGroups(draft, ({ endpoints }) => endpoints.map(storedEndpoint));
      return { kind, ...shared, algorithm: "round-robin", session, failover, ...groups };
    }
    case "failover": {
      const groups = enabledGroups(draft, ({ endpoints: [primary, ...failovers] }) => ({
        primary: storedEndpoint(primary),
        failovers: failovers.map(storedEndpoint),
      }));
      return { kind, ...shared, ...groups };
    }
    case "tiered": {
      const groups = enabledGroups(draft, (group) =>
        poolsOf(group).map(({ id, endpoints }) => ({ id, members: endpoints.map(storedEndpoint) })),
      );
      return { kind, ...shared, algorithm: "round-robin", session, ...groups };
    }
  }
}

function enabledGroups<Group>({ production, sandbox }: EndpointsDraft, groupOf: (group: DraftGroup) => Group) {
  return {
    ...(production.enabled && { production: groupOf(production) }),
    ...(sandbox.enabled && { sandbox: groupOf(sandbox) }),
  };
}

/** One pool of a tiered group as it is being edited; it may be empty yet. */
export type DraftPool = { id: string; endpoints: readonly DraftEndpoint[] };

/** The pools of a group in order, each with its endpoints in order. */
export function poolsOf({ pools, endpoints }: DraftGroup): DraftPool[] {
  return pools.map((id) => ({ id, endpoints: endpoints.filter(({ pool }) => pool === id) }));
}

/** An endpoint without what only the form knows of it. */
export function storedEndpoint({ pool: _pool, ...endpoint }: DraftEndpoint): Endpoint {
  return endpoint;
}

function groupSettings({ retryNonIdempotent, failoverStatuses, healthCheck, slowStartMs }: GroupSettings) {
  return {
    retryNonIdempotent,
    ...(failoverStatuses && { failoverStatuses }),
    ...(healthCheck && { healthCheck }),
    ...(slowStartMs === undefined ? {} : { slowStartMs }),
  };
}

/** The endpoints of a key type that saving would keep, in order. */
export function savedEndpoints(draft: EndpointsDraft, keyType: KeyType): readonly DraftEndpoint[] {
  const { enabled, endpoints } = draft[keyType];
  if (!enabled) return [];
  return draft.kind === "single" ? endpoints.slice(0, 1) : endpoints;
}

/** An endpoint that has no URL yet. */
export function blankEndpoint(newId: () => string): DraftEndpoint {
  return { id: newId(), url: "", settings: {} };
}

/** Whether a group holds nothing but the field that waits to be filled in. */
export function isBlankGroup({ endpoints }: DraftGroup): boolean {
  return endpoints.length === 1 && endpoints[0].url.trim() === "";
}

/** The list as one that is never empty; undefined when it is. */
export function nonEmpty([first, ...others]: readonly DraftEndpoint[]): DraftEndpoints | undefined {
  return first && [first, ...others];
}

function draftGroup(config: EndpointConfig | null, keyType: KeyType, enabledWhenBlank: boolean, newId: () => string) {
  const pools = config?.kind === "tiered" ? (config[keyType] ?? []) : [];
  const stored: DraftEndpoint[] =
    pools.length > 0
      ? pools.flatMap(({ id, members }) => members.map((member) => ({ ...member, pool: id })))
      : config
        ? endpointsOf(config, keyType)
        : [];
  const endpoints = nonEmpty(stored);
  if (endpoints) return { enabled: true, endpoints, pools: pools.map(({ id }) => id) };
  const group: DraftGroup = { enabled: enabledWhenBlank, endpoints: [blankEndpoint(newId)], pools: [] };
  return config?.kind === "tiered" ? withTwoPools(group) : group;
}

/** A key type of a tiered configuration that is not configured yet: what is typed goes into its primary pool. */
function withTwoPools(group: DraftGroup): DraftGroup {
  const [first] = group.endpoints;
  return { ...group, endpoints: [{ ...first, pool: "pool-1" }], pools: ["pool-1", "pool-2"] };
}
