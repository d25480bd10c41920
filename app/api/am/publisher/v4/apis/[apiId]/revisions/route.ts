import { listApiHistory } from "@/lib/server/apis/list-api-revisions.ts";
import { listRevisionsOperation } from "@/lib/server/http/history-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";
import { representationFromDescribedRevision } from "@/lib/server/http/revision-representation.ts";

const list = serve(listRevisionsOperation, async ({ context, param, query }) => {
  const apiId = param("apiId");
  const { revisions, total, hasOlder } = await listApiHistory(context, apiId, query);
  const last = revisions.at(-1);
  const next = hasOlder && last ? `/apis/${apiId}/revisions?limit=${query.limit}&before=${last.revision}` : "";
  const list = revisions.map(representationFromDescribedRevision);
  return { status: 200, body: { count: list.length, list, pagination: { total, limit: query.limit, next } } };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(list);
