import { documentFromRow } from "../../db/api-row.ts";
import type { Api } from "../../model/api.ts";
import { type ApiChanges, apiChangesSchema } from "../../model/api-changes.ts";
import { parseInput } from "../../model/parse-input.ts";
import { parseComment } from "../../model/revision-comment.ts";
import { changeConfiguration } from "../change-configuration.ts";
import type { ServerContext } from "../context.ts";
import { storeDefinition } from "../definitions/store-definition.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { applyChanges, sealChanges } from "./apply-changes.ts";
import { becomeDefaultVersion } from "./default-version.ts";
import { getApiRow } from "./find-api.ts";
import { refuseStale } from "./stale-problem.ts";
import { replaceDocument } from "./write-api.ts";

/**
 * Saves changes of an API; what `changes` does not name stays. An empty secret keeps the stored one.
 * Problems: invalid, not-found, forbidden, conflict; stale when the API is no longer at `expectedRevision`.
 *
 * @param comment why, for the history
 */
export async function updateApi(
  context: ServerContext,
  id: string,
  changes: ApiChanges,
  expectedRevision?: number,
  comment = "",
): Promise<Api> {
  const permission = requirePermission(context, "api.update");
  const given = parseInput(apiChangesSchema, changes);
  const why = parseComment(comment);
  return changeConfiguration(context, async (tx, revision) => {
    const row = await getApiRow(permission, tx, id);
    const before = documentFromRow(row);
    if (expectedRevision !== undefined) await refuseStale(tx, row, expectedRevision);
    const after = applyChanges(before, sealChanges(given, before, context.secret));
    await storeDefinition(tx, context, given.definition);
    await becomeDefaultVersion(tx, context, row.id, { before, after }, revision);
    const words = { revision, revisionAction: "Save", auditAction: "api.update", comment: why };
    return replaceDocument(tx, context, row, after, words);
  });
}
