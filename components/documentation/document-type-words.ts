import type { DocumentType } from "@/lib/model/documentation.ts";

/** What documents are for, as publishers know it. */
export const documentTypeWords = {
  HOWTO: "How To",
  SAMPLES: "Samples & SDK",
  PUBLIC_FORUM: "Public forum",
  SUPPORT_FORUM: "Support forum",
  OTHER: "Other",
} as const satisfies Record<DocumentType, string>;

/** The type of a document in a word. */
export function typeWords({ type, otherTypeName }: { type: DocumentType; otherTypeName: string }): string {
  return type === "OTHER" && otherTypeName !== "" ? otherTypeName : documentTypeWords[type];
}
