import { documentationFromRow } from "../../db/documentation-row.ts";
import type { Documentation } from "../../model/documentation.ts";
import { getApiRow } from "../apis/find-api.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { getDocumentationRow } from "./find-documentation.ts";

/** One document of an API, with its content. Problems: not-found, forbidden. */
export async function getDocumentation(
  context: ServerContext,
  apiId: string,
  documentId: string,
): Promise<Documentation> {
  const permission = requirePermission(context, "documentation.read");
  const { id } = await getApiRow(permission, context.db, apiId);
  return documentationFromRow(await getDocumentationRow(context.db, id, documentId));
}
