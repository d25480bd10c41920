import { type EndpointConfigKind, maxTiers } from "@/lib/model/endpoint-config.ts";
import {
  type DraftEndpoint,
  type DraftGroup,
  type DraftPool,
  type EndpointsDraft,
  isBlankGroup,
  nonEmpty,
  poolsOf,
} from "./endpoints-draft.ts";

/** The pools of a group as they are shown: the endpoint that waits for its URL is no endpoint yet. */
export function shownPools(group: DraftGroup): DraftPool[] {
  return isBlankGroup(group) ? group.pools.map((id) => ({ id, endpoints: [] })) : poolsOf(group);
}

/** How a pool is called by its place, which counts from 0. */
export function poolName(index: number): string {
  return index === 0 ? "Primary pool" : `Backup pool ${index}`;
}

/** An id that no pool of the group has. */
export function newPoolId({ pools }: DraftGroup): string {
  let number = pools.length + 1;
  while (pools.includes(`pool-${number}`)) number += 1;
  return `pool-${number}`;
}

/**
 * The form once its Endpoint Type is Tiered: endpoints that stood in pools before stand in them again, in the order that
 * the list has now. Otherwise pools are made so that traffic goes as it did: a failover group has one for each endpoint,
 * every other group has one, and an empty one behind it.
 */
export function withPools(draft: EndpointsDraft): EndpointsDraft {
  return {
    ...draft,
    production: groupWithPools(draft.production, draft.kind),
    sandbox: groupWithPools(draft.sandbox, draft.kind),
  };
}

function groupWithPools(group: DraftGroup, kind: EndpointConfigKind): DraftGroup {
  const hadPools = group.endpoints.some(({ pool }) => pool !== undefined && group.pools.includes(pool));
  return hadPools ? inFormerPools(group) : inNewPools(group, kind);
}

function inNewPools(group: DraftGroup, kind: EndpointConfigKind): DraftGroup {
  const count = kind === "failover" ? Math.min(Math.max(2, group.endpoints.length), maxTiers) : 2;
  const pools = Array.from({ length: count }, (_, index) => `pool-${index + 1}`);
  const poolAt = (position: number) => pools[kind === "failover" ? Math.min(position, count - 1) : 0] ?? "pool-1";
  return withEndpoints({ ...group, pools }, (endpoint, position) => ({ ...endpoint, pool: poolAt(position) }));
}

function inFormerPools(group: DraftGroup): DraftGroup {
  const known = withKnownPools(group);
  // Where the list was reordered meanwhile, pools keep their sizes and the list its order.
  const places = byPool(known).map(({ pool }) => pool);
  return withEndpoints(known, (endpoint, position) => ({ ...endpoint, pool: places[position] ?? endpoint.pool }));
}

/** The group with every endpoint in a pool that there is, and the endpoints in the order of their pools. */
export function inPoolOrder(group: DraftGroup): DraftGroup {
  const known = withKnownPools(group);
  return { ...known, endpoints: nonEmpty(byPool(known)) ?? known.endpoints };
}

/** An endpoint without a pool, one that was added meanwhile for example, stands with the one before it. */
function withKnownPools(group: DraftGroup) {
  let [last = ""] = group.pools;
  return withEndpoints(group, (endpoint) => {
    last = endpoint.pool !== undefined && group.pools.includes(endpoint.pool) ? endpoint.pool : last;
    return { ...endpoint, pool: last };
  });
}

function byPool({ pools, endpoints }: DraftGroup): DraftEndpoint[] {
  const placeOf = ({ pool }: DraftEndpoint) => (pool === undefined ? -1 : pools.indexOf(pool));
  return endpoints.toSorted((one, other) => placeOf(one) - placeOf(other));
}

function withEndpoints(
  group: DraftGroup,
  change: (endpoint: DraftEndpoint, position: number) => DraftEndpoint,
): DraftGroup {
  return { ...group, endpoints: nonEmpty(group.endpoints.map(change)) ?? group.endpoints };
}

/** Where an endpoint goes: its position among all endpoints of the group, from 0, and its pool where there are pools. */
export type MemberPlace = { position: number; pool?: string };

/** One step up (-1) or down (1) from a position: within its pool, or over into the next; undefined at the ends. */
export function stepFrom(group: DraftGroup, position: number, by: -1 | 1): MemberPlace | undefined {
  const pool = group.endpoints[position]?.pool;
  const neighbour = group.endpoints[position + by];
  if (neighbour && neighbour.pool === pool) return { position: position + by, ...(pool !== undefined && { pool }) };
  const next = pool === undefined ? undefined : group.pools[group.pools.indexOf(pool) + by];
  return next === undefined ? undefined : { position, pool: next };
}

const poolMark = "pool:";

/** Ids of what can be dropped on, top to bottom: each pool's heading, then its endpoints. Without pools the endpoints. */
export function dropTargets(group: DraftGroup, hasPools: boolean): string[] {
  if (!hasPools) return group.endpoints.map(({ id }) => id);
  return shownPools(group).flatMap(({ id, endpoints }) => [poolTarget(id), ...endpoints.map((one) => one.id)]);
}

export function poolTarget(poolId: string): string {
  return poolMark + poolId;
}

/** Where the endpoint goes that is dropped on a target: the targets move as they do on the screen. */
export function placeOfDrop(targets: readonly string[], moved: string, over: string): MemberPlace | undefined {
  const [from, to] = [targets.indexOf(moved), targets.indexOf(over)];
  if (from < 0 || to < 0 || from === to) return undefined;
  const others = targets.filter((id) => id !== moved);
  // Above the first pool's heading is in the first pool.
  const above = others.slice(0, others[0]?.startsWith(poolMark) ? Math.max(1, to) : to);
  const pool = above.findLast((id) => id.startsWith(poolMark))?.slice(poolMark.length);
  return { position: above.filter((id) => !id.startsWith(poolMark)).length, ...(pool !== undefined && { pool }) };
}
