import { openApiDocument } from "@/lib/server/http/open-api-document.ts";

/** The document of this API, for everybody. */
export function GET(): Response {
  return Response.json(openApiDocument());
}
