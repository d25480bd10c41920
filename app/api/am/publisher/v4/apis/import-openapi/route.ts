import type { DefinitionSummary } from "@/lib/model/definition-report.ts";
import type { NewApi } from "@/lib/model/new-api.ts";
import { createApiFromDefinition } from "@/lib/server/definitions/create-api-from-definition.ts";
import { createdAnswer } from "@/lib/server/http/api-answer.ts";
import { pathsOfBody } from "@/lib/server/http/api-representation.ts";
import { importOpenApiOperation } from "@/lib/server/http/definition-operations.ts";
import { newApiFromDefinition } from "@/lib/server/http/new-api-from-definition.ts";
import { problemPathsRenamed } from "@/lib/server/http/problem-paths.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

const importOpenApi = serve(importOpenApiOperation, async ({ context, definition }) => {
  const { input, additionalProperties } = await definition();
  let given: NewApi | undefined;
  const apiOf = (summary: DefinitionSummary) => {
    given = newApiFromDefinition(summary, additionalProperties);
    return given;
  };
  return problemPathsRenamed(
    (path) => pathsOfBody({ ...given })(path),
    async () => createdAnswer(await createApiFromDefinition(context, input, apiOf)),
  );
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(importOpenApi);
