import { guardSettingsSchema } from "@/lib/model/guard.ts";
import { parseInput } from "@/lib/model/parse-input.ts";
import { getApiGuard } from "@/lib/server/guard/get-api-guard.ts";
import { setApiGuard } from "@/lib/server/guard/set-api-guard.ts";
import { getGuardOperation, setGuardOperation } from "@/lib/server/http/guard-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const read = serve(getGuardOperation, async ({ context, param }) => ({
  status: 200,
  body: await getApiGuard(context, param("apiId")),
}));

const write = serve(setGuardOperation, async ({ context, param, json }) => ({
  status: 200,
  body: await setApiGuard(context, param("apiId"), parseInput(guardSettingsSchema, await json())),
}));

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(read, write);
