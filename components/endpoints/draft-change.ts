import type { EndpointConfigKind, KeyType } from "@/lib/model/endpoint-config.ts";
import { mergeDrafts } from "./draft-merge.ts";
import { inPoolOrder, type MemberPlace, withPools } from "./draft-pools.ts";
import { type SecurityValues, withSecurity } from "./endpoint-security-values.ts";
import {
  type DraftEndpoint,
  type DraftGroup,
  type EndpointsDraft,
  type GroupSettings,
  isBlankGroup,
  nonEmpty,
} from "./endpoints-draft.ts";

/** Everything that a person can do to the form. */
export type DraftChange =
  | { type: "choose-protocol"; protocol: EndpointsDraft["protocol"] }
  | { type: "choose-kind"; kind: EndpointConfigKind }
  | { type: "enable"; keyType: KeyType; enabled: boolean }
  | { type: "set-load-balance"; session: EndpointsDraft["session"]; failover: boolean }
  | { type: "set-group-settings"; settings: GroupSettings }
  | { type: "set-security"; of: KeyType; values: SecurityValues }
  | { type: "set-url"; keyType: KeyType; id: string; url: string }
  /** Undefined: the weight that every endpoint has at first. */
  | { type: "set-weight"; keyType: KeyType; id: string; weight: number | undefined }
  | { type: "set-settings"; keyType: KeyType; id: string; settings: DraftEndpoint["settings"] }
  | { type: "add"; keyType: KeyType; endpoint: DraftEndpoint; position?: number }
  | { type: "remove"; keyType: KeyType; id: string }
  | ({ type: "move"; keyType: KeyType; id: string } & MemberPlace)
  /** Endpoints are those of a pool that was taken out and comes back. */
  | { type: "add-pool"; keyType: KeyType; id: string; index?: number; endpoints?: readonly DraftEndpoint[] }
  /** With its endpoints, unless the group has no others. */
  | { type: "remove-pool"; keyType: KeyType; id: string }
  | { type: "move-pool"; keyType: KeyType; id: string; index: number }
  | { type: "replace"; draft: EndpointsDraft }
  /** The document that the form began from has become another one: what was typed stays on top of it. */
  | { type: "rebase"; from: EndpointsDraft; onto: EndpointsDraft };

/** The form after a change. Positions count from 0; one that is too large means the end. */
export function draftAfter(draft: EndpointsDraft, change: DraftChange): EndpointsDraft {
  switch (change.type) {
    case "choose-protocol":
      return { ...draft, protocol: change.protocol };
    case "choose-kind":
      return { ...(change.kind === "tiered" ? withPools(draft) : draft), kind: change.kind };
    case "set-load-balance":
      return { ...draft, session: change.session, failover: change.failover };
    case "set-group-settings":
      return { ...draft, settings: change.settings };
    case "set-security":
      return withSecurity(draft, change.of, change.values);
    case "replace":
      return change.draft;
    case "rebase":
      return mergeDrafts(change.from, change.onto, draft);
    default: {
      const group = groupAfter(draft[change.keyType], change);
      return { ...draft, [change.keyType]: draft.kind === "tiered" ? inPoolOrder(group) : group };
    }
  }
}

type GroupChange = Extract<DraftChange, { keyType: KeyType }>;

function groupAfter(group: DraftGroup, change: GroupChange): DraftGroup {
  const { endpoints, pools } = group;
  const withEndpoints = (next: readonly DraftEndpoint[]) => ({ ...group, endpoints: nonEmpty(next) ?? endpoints });
  const edited = (id: string, edit: (endpoint: DraftEndpoint) => DraftEndpoint) =>
    withEndpoints(endpoints.map((one) => (one.id === id ? edit(one) : one)));
  switch (change.type) {
    case "enable":
      return { ...group, enabled: change.enabled };
    case "set-url":
      return edited(change.id, (one) => ({ ...one, url: change.url }));
    case "set-weight":
      return edited(change.id, ({ weight: _before, ...one }) => ({
        ...one,
        ...(change.weight !== undefined && { weight: change.weight }),
      }));
    case "set-settings":
      return edited(change.id, (one) => ({ ...one, settings: change.settings }));
    case "add":
      // The first endpoint of an empty group takes the place that waits for it.
      if (isBlankGroup(group)) return withEndpoints([change.endpoint]);
      return withEndpoints(inserted(endpoints, change.endpoint, change.position ?? endpoints.length));
    case "remove":
      return withEndpoints(endpoints.filter((one) => one.id !== change.id));
    case "move": {
      const moved = endpoints.find((one) => one.id === change.id);
      if (!moved) return group;
      const others = endpoints.filter((one) => one !== moved);
      const { position, pool } = change;
      return withEndpoints(inserted(others, { ...moved, ...(pool !== undefined && { pool }) }, position));
    }
    case "add-pool": {
      const back = change.endpoints ?? [];
      return {
        ...withEndpoints([...endpoints, ...back]),
        pools: inserted(pools, change.id, change.index ?? pools.length),
      };
    }
    case "remove-pool": {
      const kept = nonEmpty(endpoints.filter(({ pool }) => pool !== change.id));
      return kept ? { ...group, endpoints: kept, pools: pools.filter((id) => id !== change.id) } : group;
    }
    case "move-pool": {
      const others = pools.filter((id) => id !== change.id);
      return { ...group, pools: inserted(others, change.id, change.index) };
    }
  }
}

function inserted<Item>(list: readonly Item[], item: Item, position: number): Item[] {
  const before = Math.max(0, position);
  return [...list.slice(0, before), item, ...list.slice(before)];
}
