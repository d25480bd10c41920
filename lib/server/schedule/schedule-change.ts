import { documentFromRow } from "../../db/api-row.ts";
import type { Transaction } from "../../db/client.ts";
import { jsonColumn } from "../../db/json-column.ts";
import { type ApiChanges, apiChangesSchema } from "../../model/api-changes.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { maxScheduledPerApi, type ScheduleTime } from "../../model/schedule.ts";
import { applyChanges, sealChanges } from "../apis/apply-changes.ts";
import { changesBetween } from "../apis/document-comparison.ts";
import { getApiRow } from "../apis/find-api.ts";
import { refuseUncompilable } from "../apis/refuse-uncompilable.ts";
import { refuseStale } from "../apis/stale-problem.ts";
import { subjectOf } from "../apis/write-api.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { requireStanding } from "../permission/require-standing.ts";
import { readScheduleTime } from "./schedule-time.ts";

/**
 * Saves a change of an API that goes live at a time, and not before. It is checked now as SAVE would, and again at its
 * time. Returns its id. Problems: invalid, not-found, forbidden; stale when the API is no longer at `expectedRevision`.
 */
export async function scheduleChange(
  context: ServerContext,
  apiId: string,
  changes: ApiChanges,
  input: ScheduleTime,
  expectedRevision?: number,
): Promise<string> {
  const permission = requirePermission(context, "schedule.create");
  const given = parseInput(apiChangesSchema, changes);
  return context.db.$transaction(async (tx) => {
    await requireStanding(tx, context);
    const time = await readScheduleTime(tx, input);
    const row = await getApiRow(permission, tx, apiId);
    if (expectedRevision !== undefined) await refuseStale(tx, row, expectedRevision);
    const before = documentFromRow(row);
    const sealed = sealChanges(given, before, context.secret);
    const after = applyChanges(before, sealed);
    refuseUncompilable(after, before);
    const differences = changesBetween(before, after);
    if (differences.length === 0)
      throw new Problem("invalid", "Nothing differs from what is live, so there is nothing to schedule.");
    await refuseTooMany(tx, row.id);
    const { id } = await tx.scheduledPublish.create({
      data: {
        ...time,
        apiId: row.id,
        baseRevision: row.revision,
        changes: jsonColumn(sealed),
        actorId: context.actor.id,
        actorName: context.actor.name,
      },
      select: { id: true },
    });
    const detail = { ...timeDetail(time), baseRevision: row.revision, changes: differences };
    await recordAudit(tx, context, { action: "schedule.create", ...subjectOf(row), detail });
    return id;
  });
}

async function refuseTooMany(tx: Transaction, apiId: string): Promise<void> {
  const waiting = await tx.scheduledPublish.count({ where: { apiId, state: "scheduled" } });
  if (waiting < maxScheduledPerApi) return;
  throw new Problem("invalid", `${maxScheduledPerApi} changes of this API are scheduled already. Cancel one first.`);
}

/** A time as the audit log keeps it. */
export function timeDetail({ publishAt, timeZone, comment }: { publishAt: Date; timeZone: string; comment: string }) {
  return { publishAt: publishAt.toISOString(), timeZone, ...(comment !== "" && { comment }) };
}
