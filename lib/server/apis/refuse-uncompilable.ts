import type { ApiDocument } from "../../model/api.ts";
import { compileApi } from "../../model/compile-api.ts";
import { isRouted } from "../../model/lifecycle.ts";
import { Problem, type ProblemItem } from "../../model/problem.ts";

/**
 * Refuses a document that gateways would refuse, at the fields they would name. What gateways were served already is no
 * reason: a switch of the lifecycle does not fail for what another version of Fairlead once let in.
 */
export function refuseUncompilable(document: ApiDocument, before?: ApiDocument): void {
  const known = before && isRouted(before.lifecycleState) ? compileIssues(before) : [];
  const items = compileIssues(document).filter(
    ({ path, message }) => !known.some((one) => one.path === path && one.message === message),
  );
  const [first] = items;
  if (!first) return;
  const message = items.length === 1 ? first.message : `Gateways would refuse this at ${items.length} places.`;
  throw new Problem("invalid", message, items);
}

function compileIssues({
  displayName,
  description,
  tags,
  properties,
  operations,
  definition,
  ...served
}: ApiDocument): readonly ProblemItem[] {
  const compiled = compileApi({ ...served, id: "", revision: 0, keys: [] });
  return compiled.ok ? [] : compiled.issues;
}
