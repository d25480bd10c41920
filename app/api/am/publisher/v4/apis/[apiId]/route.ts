import { deleteApi } from "@/lib/server/apis/delete-api.ts";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { updateApi } from "@/lib/server/apis/update-api.ts";
import { apiAnswer } from "@/lib/server/http/api-answer.ts";
import { apiChangesFromBody, pathsOfBody } from "@/lib/server/http/api-representation.ts";
import { deleteApiOperation, getApiOperation, updateApiOperation } from "@/lib/server/http/operations.ts";
import { problemPathsRenamed } from "@/lib/server/http/problem-paths.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";
import { expectedRevision, isKnownRevision, refuseStaleTag, revisionTag } from "@/lib/server/http/revision-tag.ts";

const read = serve(getApiOperation, async ({ context, headers, param }) => {
  const api = await getApi(context, param("apiId"));
  if (isKnownRevision(headers, api.revision)) return { status: 304, headers: { ETag: revisionTag(api.revision) } };
  return apiAnswer(api);
});

const update = serve(updateApiOperation, async ({ context, headers, param, query, json }) => {
  const present = await getApi(context, param("apiId"));
  const expected = expectedRevision(headers, present.revision);
  const changes = apiChangesFromBody(await json(), present);
  return problemPathsRenamed(pathsOfBody(changes), async () =>
    apiAnswer(await updateApi(context, present.id, changes, expected, query.comment)),
  );
});

const remove = serve(deleteApiOperation, async ({ context, headers, param }) => {
  const present = await getApi(context, param("apiId"));
  refuseStaleTag(headers, present.revision);
  await deleteApi(context, present.id);
  return { status: 200 };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(read, update, remove);
