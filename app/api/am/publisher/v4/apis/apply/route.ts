import { z } from "zod";
import { parseInput } from "@/lib/model/parse-input.ts";
import { applyApi, type WantedApi } from "@/lib/server/apis/apply-api.ts";
import { appliedApi } from "@/lib/server/http/applied-api.ts";
import {
  type AppliedRepresentation,
  applyApisOperation,
  mostAppliedApis,
  mostAppliedBytes,
} from "@/lib/server/http/automation-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const filesSchema = z.strictObject({
  apis: z.array(z.unknown()).max(mostAppliedApis, `At most ${mostAppliedApis} APIs are applied at once.`),
});

/** One after the other, as they stand: a later one may need what an earlier one leaves. */
const apply = serve(applyApisOperation, async ({ context, query, json }) => {
  const { apis } = parseInput(filesSchema, await json(mostAppliedBytes));
  const acting = { ...context, isRehearsal: query.dryRun === "true" };
  const apply = (wanted: WantedApi) => applyApi(acting, wanted, query.comment);
  const list: AppliedRepresentation[] = [];
  for (const api of apis) list.push(await appliedApi(api, apply));
  return { status: 200, body: { count: list.length, list } };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(apply);
