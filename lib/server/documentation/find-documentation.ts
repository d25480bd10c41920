import type { Transaction } from "../../db/client.ts";
import { Problem } from "../../model/problem.ts";
import { isUuid } from "../apis/find-api.ts";

/** A document of an API. Problem "not-found". */
export async function getDocumentationRow(tx: Transaction, apiId: string, documentId: string) {
  const row = isUuid(documentId) ? await tx.apiDocumentation.findFirst({ where: { id: documentId, apiId } }) : null;
  if (!row) throw new Problem("not-found", "This API has no such document: it may have been deleted already.");
  return row;
}
