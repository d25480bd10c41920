import { getApi } from "@/lib/server/apis/get-api.ts";
import { restoreApiRevision } from "@/lib/server/apis/restore-api-revision.ts";
import { apiAnswer } from "@/lib/server/http/api-answer.ts";
import { restoreRevisionOperation } from "@/lib/server/http/history-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";
import { expectedRevision } from "@/lib/server/http/revision-tag.ts";

const restore = serve(restoreRevisionOperation, async ({ context, headers, param, query }) => {
  const present = await getApi(context, param("apiId"));
  const expected = expectedRevision(headers, present.revision);
  const { revisionId, comment } = query;
  const api = await restoreApiRevision(context, present.id, revisionId, { expectedRevision: expected, comment });
  return { ...apiAnswer(api), status: 201 };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(restore);
