import { parseInput } from "@/lib/model/parse-input.ts";
import { rateTierSchema } from "@/lib/model/rate-limit.ts";
import { createRateTierOperation, listRateTiersOperation } from "@/lib/server/http/rate-tier-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";
import { createRateTier } from "@/lib/server/rate-tiers/change-rate-tiers.ts";
import { listRateTiers } from "@/lib/server/rate-tiers/list-rate-tiers.ts";

const list = serve(listRateTiersOperation, async ({ context }) => {
  const tiers = await listRateTiers(context);
  return { status: 200, body: { count: tiers.length, list: tiers } };
});

const create = serve(createRateTierOperation, async ({ context, json }) => {
  return { status: 201, body: await createRateTier(context, parseInput(rateTierSchema, await json())) };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(list, create);
