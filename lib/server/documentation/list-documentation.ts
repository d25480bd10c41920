import { documentationFromRow } from "../../db/documentation-row.ts";
import type { Documentation, DocumentationSummary } from "../../model/documentation.ts";
import { getApiRow } from "../apis/find-api.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

/** The documents of an API by name, without their content. Problems: not-found, forbidden. */
export async function listDocumentation(context: ServerContext, apiId: string): Promise<DocumentationSummary[]> {
  const permission = requirePermission(context, "documentation.list");
  const { id } = await getApiRow(permission, context.db, apiId);
  const rows = await context.db.apiDocumentation.findMany({
    where: { apiId: id },
    omit: { content: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => summaryOf(documentationFromRow({ ...row, content: "" })));
}

function summaryOf(document: Documentation): DocumentationSummary {
  if (document.sourceType === "URL") return document;
  const { inlineContent: _, ...summary } = document;
  return { ...summary, sourceUrl: null };
}
