import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { getDocumentationRow } from "./find-documentation.ts";
import { changeDocumentation, removeDocumentation } from "./write-documentation.ts";

/** Takes a document from an API. Problems: not-found, forbidden. */
export async function deleteDocumentation(context: ServerContext, apiId: string, documentId: string): Promise<void> {
  const permission = requirePermission(context, "documentation.delete");
  await changeDocumentation(context, permission, apiId, async (tx, api) => {
    await removeDocumentation(tx, context, api, await getDocumentationRow(tx, api.id, documentId));
  });
}
