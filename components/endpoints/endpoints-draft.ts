import {
  type Endpoint,
  type EndpointConfig,
  type EndpointConfigKind,
  endpointsOf,
  type KeyType,
  type SessionSettings,
} from "@/lib/model/endpoint-config.ts";

/** An endpoint as it is being edited: its URL may be anything yet. */
export type DraftEndpoint = Endpoint;

/**
 * One key type as it is being edited. There is always at least one endpoint, the first being the one that the field
 * at the top of the page shows. What is not enabled, or not the first while the kind is single, is kept so that
 * choosing back brings it back; it is not saved.
 */
export type DraftGroup = { enabled: boolean; endpoints: DraftEndpoints };

/** Never empty. */
export type DraftEndpoints = readonly [DraftEndpoint, ...DraftEndpoint[]];

/** The whole Endpoints form: what every Endpoint Type needs at once, so that changing the type loses nothing typed. */
export type EndpointsDraft = {
  protocol: EndpointConfig["protocol"];
  kind: EndpointConfigKind;
  session: SessionSettings;
  failover: boolean;
  retryNonIdempotent: boolean;
  extra: EndpointConfig["extra"];
  production: DraftGroup;
  sandbox: DraftGroup;
};

/** The form for what is stored; null is an API without endpoints, whose production endpoint waits to be filled in. */
export function draftFromConfig(config: EndpointConfig | null, newId: () => string): EndpointsDraft {
  const loadBalance = config?.kind === "load-balance" ? config : undefined;
  return {
    protocol: config?.protocol ?? "rest",
    kind: config?.kind ?? "single",
    session: loadBalance?.session ?? { kind: "none" },
    failover: loadBalance?.failover ?? true,
    retryNonIdempotent: config?.retryNonIdempotent ?? false,
    extra: config?.extra,
    production: draftGroup(config ? endpointsOf(config, "production") : [], config === null, newId),
    sandbox: draftGroup(config ? endpointsOf(config, "sandbox") : [], false, newId),
  };
}

/** What saving the form would store. It need not be valid: the schema says what is wrong, at which path. */
export function configFromDraft(draft: EndpointsDraft): EndpointConfig {
  const { kind, protocol, retryNonIdempotent, extra, session, failover } = draft;
  const shared = { protocol, retryNonIdempotent, ...(extra && { extra }) };
  switch (kind) {
    case "single":
      return { kind, ...shared, ...enabledGroups(draft, ([first]) => first) };
    case "load-balance": {
      const groups = enabledGroups(draft, (endpoints) => [...endpoints]);
      return { kind, ...shared, algorithm: "round-robin", session, failover, ...groups };
    }
    case "failover":
      return { kind, ...shared, ...enabledGroups(draft, ([primary, ...failovers]) => ({ primary, failovers })) };
    case "tiered": {
      const groups = enabledGroups(draft, (endpoints) => endpoints.map((one) => ({ id: one.id, members: [one] })));
      return { kind, ...shared, algorithm: "round-robin", session, ...groups };
    }
  }
}

function enabledGroups<Group>({ production, sandbox }: EndpointsDraft, groupOf: (endpoints: DraftEndpoints) => Group) {
  return {
    ...(production.enabled && { production: groupOf(production.endpoints) }),
    ...(sandbox.enabled && { sandbox: groupOf(sandbox.endpoints) }),
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

function draftGroup(stored: readonly Endpoint[], enabledWhenBlank: boolean, newId: () => string): DraftGroup {
  const endpoints = nonEmpty(stored);
  if (endpoints) return { enabled: true, endpoints };
  return { enabled: enabledWhenBlank, endpoints: [blankEndpoint(newId)] };
}
