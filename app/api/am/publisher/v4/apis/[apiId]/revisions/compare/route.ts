import { compareApiRevisions } from "@/lib/server/apis/compare-api-revisions.ts";
import { compareRevisionsOperation } from "@/lib/server/http/history-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";
import { representationFromChange } from "@/lib/server/http/revision-representation.ts";

const compare = serve(compareRevisionsOperation, async ({ context, param, query: { from, to } }) => {
  const changes = await compareApiRevisions(context, param("apiId"), from, to);
  return {
    status: 200,
    body: { from: String(from), to: String(to), changes: changes.map(representationFromChange) },
  };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(compare);
