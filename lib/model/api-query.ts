import { z } from "zod";

/** Fields that a query may name, as in `status:PUBLISHED`. Source: WSO2 publisher's search. */
export const apiQueryFields = ["name", "context", "version", "status", "provider"] as const;
export type ApiQueryField = (typeof apiQueryFields)[number];

/**
 * One condition of a query; `field` absent: free text, found in any of the fields, the display name, the tags and the
 * properties. With `property` it is enough that the property of this name has the text in its value.
 */
export type ApiQueryTerm = { field?: ApiQueryField; text: string; property?: { name: string; text: string } };

/** Most terms of one query; bounds what one search can cost. */
const maxTerms = 20;

/** `field:"quoted text"`, `field:word`, `"quoted text"` or `word`. A quote that is not closed ends with the query. */
const termPattern = /(?:([^\s:"]+):)?(?:"([^"]*)"?|(\S+))/g;

/**
 * Reads a search: words and quoted texts, each of which has to be found, and `name:` `context:` `version:` `status:`
 * `provider:` in front of one to look in that field only. Anything else before a colon may be the name of a property, and
 * is text like any other.
 */
export function parseApiQuery(query: string): ApiQueryTerm[] {
  const terms: ApiQueryTerm[] = [];
  for (const [whole, name, quoted, word] of query.matchAll(termPattern)) {
    const field = apiQueryFields.find((known) => known === name?.toLowerCase());
    const text = quoted ?? word ?? "";
    if (field || name === undefined) {
      if (text !== "") terms.push(field ? { field, text } : { text });
    } else terms.push(text === "" ? { text: whole } : { text: whole, property: { name, text } });
    if (terms.length === maxTerms) break;
  }
  return terms;
}

export const apiSortFields = ["name", "version", "context", "provider", "status", "endpointType", "updated"] as const;

/** A page of a list of APIs: `limit` at most 500, `query` as {@link parseApiQuery} reads it, last changed first by default. */
export const apiListRequestSchema = z.strictObject({
  limit: z.number().int().min(1, "limit is at least 1.").max(500, "limit is at most 500.").default(25),
  offset: z.number().int().min(0, "offset is at least 0.").max(1_000_000, "offset is at most 1000000.").default(0),
  query: z.string().max(500, "A search has at most 500 characters.").default(""),
  sort: z
    .strictObject({ field: z.enum(apiSortFields), direction: z.enum(["asc", "desc"]) })
    .default({ field: "updated", direction: "desc" }),
});
export type ApiListRequest = z.input<typeof apiListRequestSchema>;
