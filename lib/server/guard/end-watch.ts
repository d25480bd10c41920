import type { Transaction } from "../../db/client.ts";
import { Problem } from "../../model/problem.ts";
import { getApiRow, isUuid } from "../apis/find-api.ts";
import { restoreApiRevision } from "../apis/restore-api-revision.ts";
import { subjectOf } from "../apis/write-api.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

/**
 * Keeps a change that is or was watched: while it is, nothing is restored any more; once it was taken back, it is made
 * what is stored again, without being watched. Problems: not-found, forbidden; invalid where there is nothing to keep;
 * what restoring a revision has.
 */
export async function keepWatchedChange(context: ServerContext, apiId: string, watchId: string): Promise<void> {
  const permission = requirePermission(context, "guard.keep");
  const row = await getApiRow(permission, context.db, apiId);
  const watch = await getWatch(context.db, row.id, watchId);
  const { revision, state, restoredRevision } = watch;
  if (state === "restored" && restoredRevision !== null) {
    // Changes on top of the first one were taken back with it: the newest of them is what was withdrawn.
    const withdrawn = await context.db.apiRevision.findFirstOrThrow({
      where: { apiId: row.id, revision: { gte: revision, lt: restoredRevision } },
      orderBy: { revision: "desc" },
      select: { revision: true },
    });
    const options = { expectedRevision: row.revision, comment: "Kept against the guard", isTrusted: true };
    await restoreApiRevision(context, row.id, withdrawn.revision, options);
  }
  await context.db.$transaction(async (tx) => {
    const kept = await tx.$executeRaw`
      UPDATE guard_watch SET state = 'kept', reason = ${keptReason(context, watch.reason)},
        ended_at = clock_timestamp(), dismissed_by = ${context.actor.name}
      WHERE id = ${watchId}::uuid AND state = ${state} AND state IN ('watching', 'restored', 'unrestorable')`;
    if (kept !== 1) throw new Problem("invalid", "This change is not watched any more, so there is nothing to keep.");
    await recordAudit(tx, context, { action: "guard.keep", ...subjectOf(row), detail: { watchedRevision: revision } });
  });
}

/** Puts the message of a watch's end away, for everybody. Problems: not-found, forbidden; invalid while it is watched. */
export async function dismissWatch(context: ServerContext, apiId: string, watchId: string): Promise<void> {
  const permission = requirePermission(context, "guard.dismiss");
  const row = await getApiRow(permission, context.db, apiId);
  const { state, revision } = await getWatch(context.db, row.id, watchId);
  if (state === "watching") throw new Problem("invalid", "This change is still watched. Keep it to end that.");
  await context.db.$transaction(async (tx) => {
    const { count } = await tx.guardWatch.updateMany({
      where: { id: watchId, dismissedBy: null },
      data: { dismissedBy: context.actor.name },
    });
    if (count === 0) return;
    await recordAudit(tx, context, {
      action: "guard.dismiss",
      ...subjectOf(row),
      detail: { watchedRevision: revision },
    });
  });
}

function keptReason({ actor }: ServerContext, before: string): string {
  return `${actor.name} kept it.${before === "" ? "" : ` Before: ${before}`}`;
}

async function getWatch(tx: Transaction, apiId: string, id: string) {
  const watch = isUuid(id) ? await tx.guardWatch.findFirst({ where: { id, apiId } }) : null;
  if (!watch) throw new Problem("not-found", "No change of this API was watched under this id.");
  return watch;
}
