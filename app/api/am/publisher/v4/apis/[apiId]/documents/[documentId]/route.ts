import { documentationSchema } from "@/lib/model/documentation.ts";
import { parseInput } from "@/lib/model/parse-input.ts";
import { deleteDocumentation } from "@/lib/server/documentation/delete-documentation.ts";
import { getDocumentation } from "@/lib/server/documentation/get-documentation.ts";
import { updateDocumentation } from "@/lib/server/documentation/update-documentation.ts";
import {
  deleteDocumentationOperation,
  getDocumentationOperation,
  representationFromDocumentation,
  updateDocumentationOperation,
} from "@/lib/server/http/documentation-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";
import { expectedRevision, revisionTag } from "@/lib/server/http/revision-tag.ts";

const get = serve(getDocumentationOperation, async ({ context, param }) => {
  const document = await getDocumentation(context, param("apiId"), param("documentId"));
  const headers = { ETag: revisionTag(document.revision) };
  return { status: 200, body: representationFromDocumentation(document), headers };
});

const update = serve(updateDocumentationOperation, async ({ context, param, json, headers }) => {
  const [apiId, documentId] = [param("apiId"), param("documentId")];
  const present = await getDocumentation(context, apiId, documentId);
  const expected = expectedRevision(headers, present.revision);
  const input = parseInput(documentationSchema, await json());
  const document = await updateDocumentation(context, apiId, documentId, input, expected);
  const answered = { ETag: revisionTag(document.revision) };
  return { status: 200, body: representationFromDocumentation(document), headers: answered };
});

const remove = serve(deleteDocumentationOperation, async ({ context, param }) => {
  await deleteDocumentation(context, param("apiId"), param("documentId"));
  return { status: 200 };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(get, update, remove);
