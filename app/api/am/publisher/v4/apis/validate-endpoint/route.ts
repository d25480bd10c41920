import { checkEndpoint } from "@/lib/server/apis/check-endpoint.ts";
import { getApi } from "@/lib/server/apis/get-api.ts";
import { validateEndpointOperation } from "@/lib/server/http/operations.ts";
import { problemPathsRenamed } from "@/lib/server/http/problem-paths.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const validate = serve(validateEndpointOperation, async ({ context, query }) => {
  if (query.apiId !== undefined) await getApi(context, query.apiId);
  const check = await problemPathsRenamed({ url: "endpointUrl" }, () =>
    checkEndpoint(context, { url: query.endpointUrl }),
  );
  const { statusCode, statusMessage, error } = check;
  return { status: 200, body: { statusCode: statusCode ?? 0, statusMessage, error: error ?? null } };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(validate);
