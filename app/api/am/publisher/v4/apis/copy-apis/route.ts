import { copyApi } from "@/lib/server/apis/copy-api.ts";
import { createdAnswer } from "@/lib/server/http/api-answer.ts";
import { copyApiOperation } from "@/lib/server/http/operations.ts";
import { problemPathsRenamed } from "@/lib/server/http/problem-paths.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const copy = serve(copyApiOperation, async ({ context, query }) => {
  const version = { version: query.newVersion, isDefaultVersion: query.defaultVersion === "true" };
  const names = { version: "newVersion", isDefaultVersion: "defaultVersion" };
  return createdAnswer(await problemPathsRenamed(names, () => copyApi(context, query.apiId, version)));
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(copy);
