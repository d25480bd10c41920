import { copyApi } from "@/lib/server/apis/copy-api.ts";
import { createdAnswer } from "@/lib/server/http/api-answer.ts";
import { copyApiOperation } from "@/lib/server/http/operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const copy = serve(copyApiOperation, async ({ context, query }) => {
  const version = { version: query.newVersion, isDefaultVersion: query.defaultVersion === "true" };
  return createdAnswer(await copyApi(context, query.apiId, version));
});

export const { GET, POST, PUT, PATCH, DELETE } = restRoute(copy);
