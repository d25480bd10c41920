import { dismissWatch } from "@/lib/server/guard/end-watch.ts";
import { dismissWatchOperation } from "@/lib/server/http/guard-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const dismiss = serve(dismissWatchOperation, async ({ context, param }) => {
  await dismissWatch(context, param("apiId"), param("watchId"));
  return { status: 200 };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(dismiss);
