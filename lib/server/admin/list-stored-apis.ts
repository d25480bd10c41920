import { z } from "zod";
import { Prisma } from "../../db/generated/client.ts";
import type { ApiSummary } from "../../model/api.ts";
import { isRouted, lifecycleStates } from "../../model/lifecycle.ts";
import { parseInput } from "../../model/parse-input.ts";
import { type StoredApiFilter, type StoredApiRequest, storedApiRequestSchema } from "../../model/stored-api-query.ts";
import { selectApis } from "../apis/list-apis.ts";
import type { ServerContext } from "../context.ts";
import { type Gateway, listGateways } from "../gateways/list-gateways.ts";
import { requirePermission } from "../permission/require-permission.ts";

/** A stored API, and how it is at the gateways. `live` is null in states that are not on gateways. */
export type StoredApiSummary = ApiSummary & { live: boolean | null; unreadyEndpoints: number };

/** A page of stored APIs, and how many there are on all pages. */
export type StoredApiList = { total: number; apis: StoredApiSummary[] };

/** Every API of every publisher, searched, filtered, sorted and paged. Administrators only. Problems: invalid, forbidden. */
export async function listStoredApis(context: ServerContext, request: StoredApiRequest = {}): Promise<StoredApiList> {
  requirePermission(context, "stored-api.list");
  const { filter, ...page } = parseInput(storedApiRequestSchema, request);
  const reports = summaryOf((await listGateways(context)).gateways);
  const { total, apis } = await selectApis(context.db, page, conditionsOf(filter, reports));
  return {
    total,
    apis: apis.map((api) => ({
      ...api,
      live: isRouted(api.lifecycleState) ? isLive(api, reports) : null,
      unreadyEndpoints: reports.unready.get(api.id) ?? 0,
    })),
  };
}

/** What connected gateways say together. */
type Reports = {
  gateways: number;
  /** The revision that every one of them has applied; undefined without any. */
  applied: number | undefined;
  refused: Set<string>;
  /** The most endpoints that one of them finds not ready, by API. */
  unready: Map<string, number>;
};

function summaryOf(all: readonly Gateway[]): Reports {
  const connected = all.filter(({ gone }) => !gone);
  const unready = new Map<string, number>();
  for (const { id, endpoints } of connected.flatMap(({ figures }) => figures?.unreadyApis ?? [])) {
    unready.set(id, Math.max(unready.get(id) ?? 0, endpoints));
  }
  return {
    gateways: connected.length,
    applied: connected.length > 0 ? Math.min(...connected.map(({ appliedRevision }) => appliedRevision)) : undefined,
    refused: new Set(connected.flatMap(({ refusedApis }) => refusedApis.map(({ id }) => id))),
    unready,
  };
}

function isLive({ id, revision }: ApiSummary, { applied, refused }: Reports): boolean {
  return applied !== undefined && revision <= applied && !refused.has(id);
}

const routedStates = lifecycleStates.filter(isRouted);

function conditionsOf(filter: StoredApiFilter, reports: Reports): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (filter.ownerId !== undefined) conditions.push(Prisma.sql`a.owner_id = ${filter.ownerId}`);
  if (filter.state !== undefined) conditions.push(Prisma.sql`a.lifecycle_state = ${filter.state}`);
  if (filter.endpointType !== undefined) conditions.push(Prisma.sql`a.endpoint_type = ${filter.endpointType}`);
  if (filter.context !== undefined)
    conditions.push(Prisma.sql`starts_with(lower(a.context), ${filter.context.toLowerCase()})`);
  if (filter.notLive) {
    const { applied, refused } = reports;
    conditions.push(Prisma.sql`a.lifecycle_state = ANY(${routedStates})`);
    if (applied !== undefined) conditions.push(Prisma.sql`(a.revision > ${applied} OR ${isOneOf([...refused])})`);
  }
  if (filter.endpointsNotReady) conditions.push(isOneOf([...reports.unready.keys()]));
  return conditions;
}

/** What gateways report need not be ids of our making. */
function isOneOf(ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`a.id::text = ANY(${[...ids]})`;
}

const ownersSchema = z.array(z.strictObject({ id: z.string(), name: z.string(), email: z.string() }));

/** Somebody who has an API. */
export type ApiOwner = z.infer<typeof ownersSchema>[number];

/** Most owners that a filter offers. */
const mostOwners = 1_000;

/** Everybody who has an API, by name. Administrators only. */
export async function listApiOwners(context: ServerContext): Promise<ApiOwner[]> {
  requirePermission(context, "stored-api.list");
  const rows = await context.db.$queryRaw`
    SELECT u.id, u.name, u.email FROM "user" u WHERE EXISTS (SELECT 1 FROM api a WHERE a.owner_id = u.id)
    ORDER BY lower(u.name), u.email LIMIT ${mostOwners}`;
  return ownersSchema.parse(rows);
}
