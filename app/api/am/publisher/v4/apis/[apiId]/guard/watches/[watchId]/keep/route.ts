import { keepWatchedChange } from "@/lib/server/guard/end-watch.ts";
import { keepChangeOperation } from "@/lib/server/http/guard-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const keep = serve(keepChangeOperation, async ({ context, param }) => {
  await keepWatchedChange(context, param("apiId"), param("watchId"));
  return { status: 200 };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(keep);
