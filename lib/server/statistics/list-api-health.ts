import { z } from "zod";
import { Prisma } from "../../db/generated/client.ts";
import { ownedBy } from "../../db/owned-by.ts";
import type { ApiHealth } from "../../model/api-statistics.ts";
import { endpointConfigSchema, endpointsOf, keyTypes } from "../../model/endpoint-config.ts";
import type { ServerContext } from "../context.ts";
import { listGateways } from "../gateways/list-gateways.ts";
import { requirePermission } from "../permission/require-permission.ts";

const rowsSchema = z.array(
  z.object({
    apiId: z.string(),
    twelfth: z.number().int(),
    requests: z.number().int(),
    serverErrors: z.number().int(),
  }),
);

/** The health of the APIs of one page of a list: those without a word are quiet and well. */
export async function listApiHealth(
  context: ServerContext,
  apiIds: readonly string[],
): Promise<ReadonlyMap<string, ApiHealth>> {
  const { reach } = requirePermission(context, "api.list");
  if (apiIds.length === 0) return new Map();
  const isTheirs = reach === "any" ? Prisma.sql`true` : ownedBy(context.actor.id);
  const [found, { gateways }] = await Promise.all([
    context.db.$queryRaw`
      SELECT s.api_id::text AS "apiId", (11 - floor(extract(epoch FROM now() - s.at) / 300))::int AS twelfth,
        sum(s.requests)::float8 AS requests, sum(s.server_errors)::float8 AS "serverErrors"
      FROM api_statistic s JOIN api a ON a.id = s.api_id
      WHERE a.id = ANY(${[...apiIds]}::uuid[]) AND ${isTheirs}
        AND s.span = 60 AND s.at > now() - interval '1 hour'
      GROUP BY 1, 2`,
    listGateways(context),
  ]);
  const health = new Map<string, ApiHealth>();
  const healthOf = (apiId: string) => {
    const known = health.get(apiId);
    if (known) return known;
    const fresh = {
      requests: 0,
      serverErrors: 0,
      twelfths: Array.from({ length: 12 }, () => 0),
      unreadyEndpoints: 0,
      endpoints: 0,
    };
    health.set(apiId, fresh);
    return fresh;
  };
  for (const { apiId, twelfth, requests, serverErrors } of rowsSchema.parse(found)) {
    const one = healthOf(apiId);
    one.requests += requests;
    one.serverErrors += serverErrors;
    one.twelfths[twelfth] = (one.twelfths[twelfth] ?? 0) + requests;
  }
  const listed = new Set(apiIds);
  for (const { id, endpoints } of gateways.flatMap(({ gone, figures }) => (gone ? [] : (figures?.unreadyApis ?? [])))) {
    if (!listed.has(id)) continue;
    const one = healthOf(id);
    one.unreadyEndpoints = Math.max(one.unreadyEndpoints, endpoints);
  }
  await countEndpoints(context, health);
  return health;
}

/** Counts the endpoints of APIs of which some are not ready; of the others nobody asks. */
async function countEndpoints(context: ServerContext, health: ReadonlyMap<string, ApiHealth>): Promise<void> {
  const ids = [...health].filter(([, { unreadyEndpoints }]) => unreadyEndpoints > 0).map(([id]) => id);
  if (ids.length === 0) return;
  const rows = await context.db.api.findMany({
    where: { id: { in: ids } },
    select: { id: true, endpointConfig: true },
  });
  for (const { id, endpointConfig } of rows) {
    const config = endpointConfigSchema.safeParse(endpointConfig).data;
    const one = health.get(id);
    if (one && config) one.endpoints = keyTypes.flatMap((keyType) => endpointsOf(config, keyType)).length;
  }
}
