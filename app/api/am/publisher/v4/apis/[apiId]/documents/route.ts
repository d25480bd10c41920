import { documentationSchema } from "@/lib/model/documentation.ts";
import { parseInput } from "@/lib/model/parse-input.ts";
import { createDocumentation } from "@/lib/server/documentation/create-documentation.ts";
import { listDocumentation } from "@/lib/server/documentation/list-documentation.ts";
import {
  createDocumentationOperation,
  infoFromDocumentation,
  listDocumentationOperation,
  representationFromDocumentation,
} from "@/lib/server/http/documentation-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";
import { revisionTag } from "@/lib/server/http/revision-tag.ts";

const list = serve(listDocumentationOperation, async ({ context, param }) => {
  const documents = await listDocumentation(context, param("apiId"));
  return { status: 200, body: { count: documents.length, list: documents.map(infoFromDocumentation) } };
});

const create = serve(createDocumentationOperation, async ({ context, param, json }) => {
  const input = parseInput(documentationSchema, await json());
  const document = await createDocumentation(context, param("apiId"), input);
  const headers = { ETag: revisionTag(document.revision) };
  return { status: 201, body: representationFromDocumentation(document), headers };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(list, create);
