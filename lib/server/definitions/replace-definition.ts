import type { Api } from "../../model/api.ts";
import { mergedOperations, type OperationChanges } from "../../model/merge-operations.ts";
import { getApi } from "../apis/get-api.ts";
import { updateApi } from "../apis/update-api.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { type DefinitionInput, readInput, requireGood } from "./definition-input.ts";

type ReplaceOptions = {
  expectedRevision?: number | undefined;
  /** Why, for the history. */
  comment?: string;
  /** Whether only to tell what would change. */
  dryRun?: boolean;
};

export type ReplacedDefinition = { api: Api; changes: OperationChanges };

/**
 * Gives an API another OpenAPI document, whose operations become the API's; those that stay keep their security and rate
 * limit. What changed meanwhile is never overwritten: it is the revision that was looked at, or stale. Problems: as of
 * saving; invalid at `definition` and `url`, too-large.
 */
export async function replaceDefinition(
  context: ServerContext,
  id: string,
  input: DefinitionInput,
  { expectedRevision, comment = "", dryRun = false }: ReplaceOptions = {},
): Promise<ReplacedDefinition> {
  requirePermission(context, "api.update");
  const present = await getApi(context, id);
  const { text, report } = await readInput(input);
  const { syntax, operations: defined } = requireGood(report);
  const { operations, changes } = mergedOperations(present.operations, defined);
  if (dryRun) return { api: present, changes };
  const next = { definition: { text, syntax }, operations };
  return { api: await updateApi(context, id, next, expectedRevision ?? present.revision, comment), changes };
}
