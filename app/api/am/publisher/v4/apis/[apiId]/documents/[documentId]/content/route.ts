import { getDocumentation } from "@/lib/server/documentation/get-documentation.ts";
import { documentationContentOperation } from "@/lib/server/http/documentation-operations.ts";
import { restRoute, serve } from "@/lib/server/http/rest-route.ts";

/** Markdown may hold anything: browsers are to take it for a text, whatever it looks like. */
const asText = { "Content-Type": "text/markdown; charset=utf-8", "X-Content-Type-Options": "nosniff" };

const content = serve(documentationContentOperation, async ({ context, param }) => {
  const document = await getDocumentation(context, param("apiId"), param("documentId"));
  const text = document.sourceType === "URL" ? document.sourceUrl : document.inlineContent;
  return { status: 200, bytes: new TextEncoder().encode(text), headers: asText };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = restRoute(content);
