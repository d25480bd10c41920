import { documentFromRow } from "../../db/api-row.ts";
import type { Api, ApiDocument } from "../../model/api.ts";
import { Problem } from "../../model/problem.ts";
import { parseComment } from "../../model/revision-comment.ts";
import { changeConfiguration } from "../change-configuration.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { missingEndpoint } from "./apply-changes.ts";
import { becomeDefaultVersion } from "./default-version.ts";
import { changesBetween } from "./document-comparison.ts";
import { hasUnreadableSecret } from "./endpoint-secrets.ts";
import { getApiRow } from "./find-api.ts";
import { getRevisionDocument } from "./get-api-revision.ts";
import { refuseStale } from "./stale-problem.ts";

import { replaceDocument } from "./write-api.ts";

type RestoreOptions = {
  expectedRevision?: number | undefined;
  /** Why, for the history. */
  comment?: string;
  /** Whether it is not to be watched although the API is guarded. */
  isTrusted?: boolean;
};

/**
 * Makes an earlier revision what is stored, as a new revision. Where the API stands in its lifecycle stays as it is, and
 * sealed secrets come back as they were sealed. Problems: not-found, forbidden; invalid when there is nothing to restore
 * or it cannot be; conflict when another API has its path now; stale when the API is no longer at `expectedRevision`.
 */
export async function restoreApiRevision(
  context: ServerContext,
  id: string,
  restored: number,
  { expectedRevision, comment = "", isTrusted = false }: RestoreOptions = {},
): Promise<Api> {
  const permission = requirePermission(context, "api.restore");
  const why = parseComment(comment);
  return changeConfiguration(context, async (tx, revision) => {
    const row = await getApiRow(permission, tx, id);
    if (expectedRevision !== undefined) await refuseStale(tx, row, expectedRevision);
    const before = documentFromRow(row);
    const stored = await getRevisionDocument(tx, row.id, restored);
    const after = withPlaceOf(before, stored);
    refuseUnrestorable(before, after, restored, context.secret);
    await becomeDefaultVersion(tx, context, row.id, { before, after }, revision);
    return replaceDocument(tx, context, row, after, {
      revision,
      revisionAction: `Restore of ${restored}`,
      auditAction: "api.restore",
      comment: why,
      isTrusted,
      auditDetail: { restoredRevision: restored },
    });
  });
}

/** Its identity and its place in the lifecycle are no settings: those of now stay. */
function withPlaceOf({ name, version, context, lifecycleState }: ApiDocument, restored: ApiDocument): ApiDocument {
  return { ...restored, name, version, context, lifecycleState };
}

function refuseUnrestorable(before: ApiDocument, after: ApiDocument, restored: number, secret: string): void {
  if (changesBetween(before, after).length === 0) {
    throw new Problem("invalid", `Revision ${restored} says what is stored now, so there is nothing to restore.`);
  }
  const [missing] = missingEndpoint(before, after);
  if (missing) throw new Problem("invalid", missing.message, [missing]);
  const { endpointConfig } = after;
  if (!endpointConfig || !hasUnreadableSecret(endpointConfig, before.endpointConfig, secret)) return;
  const message = `Revision ${restored} has endpoint secrets that were sealed under another FAIRLEAD_SECRET. Enter them anew under Endpoints instead.`;
  throw new Problem("invalid", message, [{ path: "endpointConfig", message }]);
}
