import type { RateTier } from "../../model/rate-limit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

/** A tier, and how many APIs and keys have to keep to it. */
export type RateTierInUse = RateTier & { apis: number; keys: number };

/** All tiers, the largest first. Problems: forbidden. */
export async function listRateTiers(context: ServerContext): Promise<RateTierInUse[]> {
  requirePermission(context, "rate-tier.list");
  return context.db.$queryRaw<RateTierInUse[]>`
    SELECT t.name, t.requests, t.window_seconds AS "windowSeconds",
      (SELECT count(*)::int FROM api a
        WHERE t.name IN (a.runtime->>'rateTier', a.runtime#>>'{jwt,consumer,rateTier}')
        OR a.operations @> jsonb_build_array(jsonb_build_object('rateTier', t.name))) AS apis,
      (SELECT count(*)::int FROM api_key k WHERE k.rate_tier = t.name) AS keys
    FROM rate_tier t ORDER BY t.requests::float8 / t.window_seconds DESC, t.name`;
}
