import { getApi } from "@/lib/server/apis/get-api.ts";
import { getDefinition } from "@/lib/server/definitions/get-definition.ts";
import { replaceDefinition } from "@/lib/server/definitions/replace-definition.ts";
import { definitionMediaTypes, wantsYaml } from "@/lib/server/http/definition-media-type.ts";
import {
  getSwaggerOperation,
  replacementFrom,
  updateSwaggerOperation,
} from "@/lib/server/http/definition-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";
import { expectedRevision, revisionTag } from "@/lib/server/http/revision-tag.ts";

const read = serve(getSwaggerOperation, async ({ context, headers, param }) => {
  const wanted = wantsYaml(headers.get("accept")) ? "yaml" : "json";
  const { text, revision } = await getDefinition(context, param("apiId"), wanted);
  const answerHeaders = { "Content-Type": definitionMediaTypes[wanted], ETag: revisionTag(revision), Vary: "Accept" };
  return { status: 200, bytes: new TextEncoder().encode(text), headers: answerHeaders };
});

const replace = serve(updateSwaggerOperation, async ({ context, headers, param, query, definition }) => {
  const present = await getApi(context, param("apiId"));
  const expected = expectedRevision(headers, present.revision);
  const { input } = await definition();
  const dryRun = query.dryRun === "true";
  const options = { expectedRevision: expected, comment: query.comment, dryRun };
  const { api, changes } = await replaceDefinition(context, present.id, input, options);
  return {
    status: 200,
    body: replacementFrom(api.revision, dryRun, changes),
    headers: { ETag: revisionTag(api.revision) },
  };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(read, replace);
