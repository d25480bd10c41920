import { parseInput } from "@/lib/model/parse-input.ts";
import { rateTierSchema } from "@/lib/model/rate-limit.ts";
import { deleteRateTierOperation, updateRateTierOperation } from "@/lib/server/http/rate-tier-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";
import { deleteRateTier, updateRateTier } from "@/lib/server/rate-tiers/change-rate-tiers.ts";

/** The name in the path says which one; the body may leave it out, and cannot change it. */
const update = serve(updateRateTierOperation, async ({ context, param, json }) => {
  const allowed = parseInput(rateTierSchema.partial({ name: true }), await json());
  return { status: 200, body: await updateRateTier(context, { ...allowed, name: param("name") }) };
});

const remove = serve(deleteRateTierOperation, async ({ context, param }) => {
  await deleteRateTier(context, param("name"));
  return { status: 200 };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(update, remove);
