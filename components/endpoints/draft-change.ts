import type { EndpointConfigKind, KeyType } from "@/lib/model/endpoint-config.ts";
import { mergeDrafts } from "./draft-merge.ts";
import { type DraftEndpoint, type DraftGroup, type EndpointsDraft, isBlankGroup, nonEmpty } from "./endpoints-draft.ts";

/** Everything that a person can do to the form. */
export type DraftChange =
  | { type: "choose-protocol"; protocol: EndpointsDraft["protocol"] }
  | { type: "choose-kind"; kind: EndpointConfigKind }
  | { type: "enable"; keyType: KeyType; enabled: boolean }
  | { type: "set-load-balance"; session: EndpointsDraft["session"]; failover: boolean }
  | { type: "set-url"; keyType: KeyType; id: string; url: string }
  | { type: "set-settings"; keyType: KeyType; id: string; settings: DraftEndpoint["settings"] }
  | { type: "add"; keyType: KeyType; endpoint: DraftEndpoint; position?: number }
  | { type: "remove"; keyType: KeyType; id: string }
  | { type: "move"; keyType: KeyType; id: string; position: number }
  | { type: "replace"; draft: EndpointsDraft }
  /** The document that the form began from has become another one: what was typed stays on top of it. */
  | { type: "rebase"; from: EndpointsDraft; onto: EndpointsDraft };

/** The form after a change. Positions count from 0; one that is too large means the end. */
export function draftAfter(draft: EndpointsDraft, change: DraftChange): EndpointsDraft {
  switch (change.type) {
    case "choose-protocol":
      return { ...draft, protocol: change.protocol };
    case "choose-kind":
      return { ...draft, kind: change.kind };
    case "set-load-balance":
      return { ...draft, session: change.session, failover: change.failover };
    case "replace":
      return change.draft;
    case "rebase":
      return mergeDrafts(change.from, change.onto, draft);
    default:
      return { ...draft, [change.keyType]: groupAfter(draft[change.keyType], change) };
  }
}

type GroupChange = Extract<DraftChange, { keyType: KeyType }>;

function groupAfter(group: DraftGroup, change: GroupChange): DraftGroup {
  const { endpoints } = group;
  const withEndpoints = (next: readonly DraftEndpoint[]) => ({ ...group, endpoints: nonEmpty(next) ?? endpoints });
  switch (change.type) {
    case "enable":
      return { ...group, enabled: change.enabled };
    case "set-url":
      return withEndpoints(endpoints.map((one) => (one.id === change.id ? { ...one, url: change.url } : one)));
    case "set-settings":
      return withEndpoints(
        endpoints.map((one) => (one.id === change.id ? { ...one, settings: change.settings } : one)),
      );
    case "add":
      // The first endpoint of an empty group takes the place that waits for it.
      if (isBlankGroup(group)) return withEndpoints([change.endpoint]);
      return withEndpoints(inserted(endpoints, change.endpoint, change.position ?? endpoints.length));
    case "remove":
      return withEndpoints(endpoints.filter((one) => one.id !== change.id));
    case "move": {
      const moved = endpoints.find((one) => one.id === change.id);
      if (!moved) return group;
      return withEndpoints(
        inserted(
          endpoints.filter((one) => one !== moved),
          moved,
          change.position,
        ),
      );
    }
  }
}

function inserted(list: readonly DraftEndpoint[], endpoint: DraftEndpoint, position: number): DraftEndpoint[] {
  const before = Math.max(0, position);
  return [...list.slice(0, before), endpoint, ...list.slice(before)];
}
