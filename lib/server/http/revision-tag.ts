import "server-only";
import { Problem } from "../../model/problem.ts";

/** The ETag of a revision. */
export function revisionTag(revision: number): string {
  return `"${revision}"`;
}

/**
 * The revision that a write expects by `If-Match`, or undefined when it accepts any. Tolerates weak and unquoted tags; of
 * several, the present one counts (RFC 9110 13.1.1).
 *
 * @throws Problem "stale" for a tag that never was one of ours: it cannot match
 */
export function expectedRevision(headers: Headers, presentRevision: number): number | undefined {
  const given = headers.get("if-match")?.trim();
  if (!given || given === "*") return undefined;
  const revisions = given.split(",").map(revisionOfTag);
  if (revisions.includes(presentRevision)) return presentRevision;
  const [first] = revisions;
  if (first === undefined) {
    const message = `If-Match ${given.slice(0, 60)} is not a revision: this API is at ${revisionTag(presentRevision)}.`;
    throw new Problem("stale", message);
  }
  return first;
}

/** Whether the client has this revision already, by `If-None-Match`. */
export function isKnownRevision(headers: Headers, presentRevision: number): boolean {
  const given = headers.get("if-none-match")?.trim();
  if (!given) return false;
  return given === "*" || given.split(",").map(revisionOfTag).includes(presentRevision);
}

function revisionOfTag(tag: string): number | undefined {
  const digits = /^(?:W\/)?"?(\d{1,15})"?$/.exec(tag.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Refuses a write whose `If-Match` does not hold the present revision. */
export function refuseStaleTag(headers: Headers, presentRevision: number): void {
  const expected = expectedRevision(headers, presentRevision);
  if (expected === undefined || expected === presentRevision) return;
  throw new Problem("stale", `This API is at revision ${presentRevision}, not ${expected}.`);
}
