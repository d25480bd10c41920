import diff from "microdiff";
import type { KeyType } from "@/lib/model/endpoint-config.ts";
import { inPoolOrder } from "./draft-pools.ts";
import {
  type DraftEndpoint,
  type DraftGroup,
  type EndpointsDraft,
  type GroupSettings,
  isBlankGroup,
  nonEmpty,
} from "./endpoints-draft.ts";

/**
 * Puts what was typed on top of what somebody else stored meanwhile: `base` is what both began from. Endpoints are known
 * by their ids. What only one of the two changed is taken over; where both changed the same thing, mine stands.
 */
export function mergeDrafts(base: EndpointsDraft, theirs: EndpointsDraft, mine: EndpointsDraft): EndpointsDraft {
  const kind = merged(base.kind, theirs.kind, mine.kind);
  const mergedGroup = (keyType: KeyType) => {
    const group = mergeGroups(base[keyType], theirs[keyType], mine[keyType]);
    return kind === "tiered" ? inPoolOrder(group) : group;
  };
  return {
    kind,
    protocol: merged(base.protocol, theirs.protocol, mine.protocol),
    session: merged(base.session, theirs.session, mine.session),
    failover: merged(base.failover, theirs.failover, mine.failover),
    settings: mergeSettings(base.settings, theirs.settings, mine.settings),
    extra: merged(base.extra, theirs.extra, mine.extra),
    production: mergedGroup("production"),
    sandbox: mergedGroup("sandbox"),
  };
}

function mergeSettings(base: GroupSettings, theirs: GroupSettings, mine: GroupSettings): GroupSettings {
  return {
    retryNonIdempotent: merged(base.retryNonIdempotent, theirs.retryNonIdempotent, mine.retryNonIdempotent),
    failoverStatuses: merged(base.failoverStatuses, theirs.failoverStatuses, mine.failoverStatuses),
    healthCheck: merged(base.healthCheck, theirs.healthCheck, mine.healthCheck),
    slowStartMs: merged(base.slowStartMs, theirs.slowStartMs, mine.slowStartMs),
  };
}

/** Whether two values of a document say the same, whatever the order of their keys. */
export function isSame(one: unknown, other: unknown): boolean {
  return diff([one], [other]).length === 0;
}

function merged<Value>(base: Value, theirs: Value, mine: Value): Value {
  return isSame(base, mine) ? theirs : mine;
}

function mergeGroups(base: DraftGroup, theirs: DraftGroup, mine: DraftGroup): DraftGroup {
  const lists = [base, theirs, mine].map((group) => (isBlankGroup(group) ? [] : group.endpoints));
  const [baseList = [], theirList = [], myList = []] = lists;
  return {
    enabled: merged(base.enabled, theirs.enabled, mine.enabled),
    endpoints: nonEmpty(mergeLists(baseList, theirList, myList)) ?? merged(base, theirs, mine).endpoints,
    pools: merged(base.pools, theirs.pools, mine.pools),
  };
}

type List = readonly DraftEndpoint[];

function mergeLists(base: List, theirs: List, mine: List): DraftEndpoint[] {
  const myVersion = (id: string) => {
    const [before, their, my] = [findById(base, id), findById(theirs, id), findById(mine, id)];
    if (!my) return undefined; // I deleted it.
    if (!before) return my;
    if (!their) return isSame(before, my) ? undefined : my; // They deleted it: it stays only if I worked on it.
    return mergeEndpoints(before, their, my);
  };
  const mergedMine = mine.flatMap(({ id }) => myVersion(id) ?? []);
  const added = theirs.filter(({ id }) => !findById(base, id) && !findById(mine, id));
  const keptOrder = isSame(idsOf(base, mine), idsOf(mine, base));
  if (!keptOrder) return withInserted(mergedMine, added, theirs);
  // I moved nothing: their order stands, and what I added or saved from deletion goes where I have it.
  const theirOrder = theirs.flatMap((one) => (findById(base, one.id) ? (findById(mergedMine, one.id) ?? []) : one));
  const myOwn = mergedMine.filter(({ id }) => !findById(theirOrder, id));
  return withInserted(theirOrder, myOwn, mine);
}

function mergeEndpoints(base: DraftEndpoint, theirs: DraftEndpoint, mine: DraftEndpoint): DraftEndpoint {
  const extra = merged(base.extra, theirs.extra, mine.extra);
  const settingsExtra = merged(base.settingsExtra, theirs.settingsExtra, mine.settingsExtra);
  const weight = merged(base.weight, theirs.weight, mine.weight);
  const pool = merged(base.pool, theirs.pool, mine.pool);
  return {
    id: mine.id,
    url: merged(base.url, theirs.url, mine.url),
    settings: merged(base.settings, theirs.settings, mine.settings),
    ...(extra && { extra }),
    ...(settingsExtra && { settingsExtra }),
    ...(weight !== undefined && { weight }),
    ...(pool !== undefined && { pool }),
  };
}

/** Puts each of `added` behind the endpoint that it follows in `order`, or first when nothing before it is there. */
function withInserted(list: List, added: List, order: List): DraftEndpoint[] {
  const result = [...list];
  for (const endpoint of added) {
    const before = order
      .slice(
        0,
        order.findIndex(({ id }) => id === endpoint.id),
      )
      .toReversed();
    const neighbour = before.find(({ id }) => findById(result, id));
    const position = neighbour ? result.findIndex(({ id }) => id === neighbour.id) + 1 : 0;
    result.splice(position, 0, endpoint);
  }
  return result;
}

const findById = (list: List, id: string) => list.find((one) => one.id === id);
const idsOf = (list: List, within: List) => list.filter(({ id }) => findById(within, id)).map(({ id }) => id);
