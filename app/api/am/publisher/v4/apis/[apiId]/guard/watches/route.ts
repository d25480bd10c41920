import { listGuardWatches } from "@/lib/server/guard/list-guard-watches.ts";
import { listWatchesOperation, representationFromWatch } from "@/lib/server/http/guard-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const list = serve(listWatchesOperation, async ({ context, param }) => {
  const watches = await listGuardWatches(context, param("apiId"));
  return { status: 200, body: { count: watches.length, list: watches.map(representationFromWatch) } };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(list);
