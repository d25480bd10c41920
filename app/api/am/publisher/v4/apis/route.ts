import { createApi } from "@/lib/server/apis/create-api.ts";
import { listApis } from "@/lib/server/apis/list-apis.ts";
import { createdAnswer } from "@/lib/server/http/api-answer.ts";
import { apiInfoFromSummary, newApiFromBody, pathsOfBody } from "@/lib/server/http/api-representation.ts";
import { createApiOperation, listApisOperation } from "@/lib/server/http/operations.ts";
import { pageLinks } from "@/lib/server/http/page-links.ts";
import { problemPathsRenamed } from "@/lib/server/http/problem-paths.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const list = serve(listApisOperation, async ({ context, query }) => {
  const { apis, total } = await listApis(context, query);
  const pagination = { offset: query.offset, limit: query.limit, total, ...pageLinks({ ...query, total }) };
  return { status: 200, body: { count: apis.length, list: apis.map(apiInfoFromSummary), pagination } };
});

const create = serve(createApiOperation, async ({ context, json }) => {
  const given = newApiFromBody(await json());
  return problemPathsRenamed(pathsOfBody(given), async () => createdAnswer(await createApi(context, given)));
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(list, create);
