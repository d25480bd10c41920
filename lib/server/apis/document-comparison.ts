import type { ApiDocument } from "../../model/api.ts";
import { type DocumentChange, documentChanges } from "../../model/document-diff.ts";
import { withMaskedSecrets } from "./endpoint-secrets.ts";

/** The readable difference between two stored documents. That a secret changed is told, what it is never. */
export function changesBetween(before: ApiDocument, after: ApiDocument): DocumentChange[] {
  return documentChanges(masked(before, null), masked(after, before));
}

function masked(document: ApiDocument, before: ApiDocument | null): ApiDocument {
  const { endpointConfig } = document;
  if (!endpointConfig) return document;
  return { ...document, endpointConfig: withMaskedSecrets(endpointConfig, before?.endpointConfig ?? null) };
}
