import { getApiRevision } from "@/lib/server/apis/get-api-revision.ts";
import { getRevisionOperation } from "@/lib/server/http/history-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";
import { representationFromRevision, revisionOfParam } from "@/lib/server/http/revision-representation.ts";

const read = serve(getRevisionOperation, async ({ context, param }) => {
  const revision = await getApiRevision(context, param("apiId"), revisionOfParam(param("revisionId")));
  return { status: 200, body: representationFromRevision(revision) };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(read);
