import "server-only";
import { z } from "zod";
import { changeSentence } from "../../model/change-sentence.ts";
import type { DocumentChange } from "../../model/document-diff.ts";
import { Problem } from "../../model/problem.ts";
import type { ApiRevision } from "../apis/get-api-revision.ts";
import type { ApiRevisionSummary, DescribedRevision } from "../apis/list-api-revisions.ts";
import { apiDocumentRepresentation, representationFromDocument } from "./api-representation.ts";

export const changeRepresentation = z
  .strictObject({
    summary: z.string().meta({ description: 'One difference as a sentence: "Session Timeout 120,000 → 60,000 ms".' }),
    subject: z.string(),
    before: z.string().nullable().meta({ description: "null: it was not there." }),
    after: z.string().nullable(),
  })
  .meta({ id: "APIChange" });

const revisionShape = {
  id: z.string().meta({ description: "Number of the revision, as `revision` of an API and in its ETag." }),
  displayName: z.string().meta({ description: 'What was done: "Save", "Publish", "Restore of 12".' }),
  description: z.string().meta({ description: "The comment of the one who saved." }),
  author: z.string(),
  createdTime: z.iso.datetime(),
};

export const revisionListRepresentation = z
  .strictObject({
    count: z.int(),
    list: z.array(
      z
        .strictObject({
          ...revisionShape,
          previousId: z.string().nullable().meta({ description: "The revision before it; null: it is the first." }),
          changes: z.array(changeRepresentation).nullable().meta({ description: "null: it is the first." }),
        })
        .meta({ id: "APIRevision" }),
    ),
    pagination: z.strictObject({
      total: z.int(),
      limit: z.int(),
      next: z.string().meta({ description: "Path and query of the older page below the base path; empty: none." }),
    }),
  })
  .meta({ id: "APIRevisionList" });

/** One revision with its document, secrets left out. */
export const revisionRepresentation = z
  .strictObject({ ...revisionShape, apiInfo: apiDocumentRepresentation })
  .meta({ id: "APIRevisionDocument" });

export const comparisonRepresentation = z
  .strictObject({ from: z.string(), to: z.string(), changes: z.array(changeRepresentation) })
  .meta({ id: "APIRevisionComparison" });

export function representationFromChange(change: DocumentChange): z.input<typeof changeRepresentation> {
  const { subject, before = null, after = null } = change;
  return { summary: changeSentence(change), subject, before, after };
}

function revisionInfo({ revision, action, comment, actorName, createdAt }: ApiRevisionSummary) {
  return {
    id: String(revision),
    displayName: action,
    description: comment,
    author: actorName,
    createdTime: createdAt.toISOString(),
  };
}

export function representationFromDescribedRevision(described: DescribedRevision) {
  const { previous, changes } = described;
  return {
    ...revisionInfo(described),
    previousId: previous === undefined ? null : String(previous),
    changes: changes?.map(representationFromChange) ?? null,
  };
}

export function representationFromRevision(revision: ApiRevision) {
  return { ...revisionInfo(revision), apiInfo: representationFromDocument(revision.document) };
}

/** The number of a revision in a path. Problem "not-found" for anything else. */
export function revisionOfParam(text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new Problem("not-found", "This API has no revision of that number.");
}
