import type { CorsRules } from "../../lib/model/cors.ts";
import type { FieldEdits } from "../../lib/model/header-rule.ts";
import type { ServingRules } from "../routing/serving-rules.ts";

/** A head's fields, as a flat list, with an API's rules applied to them. */
export function editFields(flat: readonly string[], { removed, added }: FieldEdits): string[] {
  const kept: string[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const name = flat[index] ?? "";
    if (!removed.has(name.toLowerCase())) kept.push(name, flat[index + 1] ?? "");
  }
  kept.push(...added);
  return kept;
}

/**
 * What becomes of an endpoint's answer on its way to a client from this origin; undefined: nothing. Rules come first, so
 * that none of them can take back what CORS says.
 */
export function responseEdits({ responseEdits: edits, cors }: ServingRules, origin: () => string | undefined) {
  if (edits === undefined || cors === undefined) return edits;
  return { removed: edits.removed, added: [...edits.added, ...cors.fieldsFor(origin())] };
}

/** What an answer of the gateway's own says to a browser, so that a page may read it; nothing without CORS. */
export function ownCorsFields(cors: CorsRules | undefined, origin: () => string | undefined): readonly string[] {
  return cors === undefined ? [] : cors.fieldsFor(origin());
}
