import type { ApiRow } from "../../db/api-row.ts";
import type { Transaction } from "../../db/client.ts";
import { Problem } from "../../model/problem.ts";
import type { ScheduleState, ScheduleTime } from "../../model/schedule.ts";
import { getApiRow } from "../apis/find-api.ts";
import { subjectOf } from "../apis/write-api.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { type Permission, requirePermission } from "../permission/require-permission.ts";
import { requireStanding } from "../permission/require-standing.ts";
import { timeDetail } from "./schedule-change.ts";
import { getScheduleRow, type ScheduleRow } from "./schedule-row.ts";
import { readScheduleTime } from "./schedule-time.ts";

/** Gives a scheduled publish another time or comment. Problems: invalid, not-found, forbidden. */
export async function rescheduleChange(
  context: ServerContext,
  apiId: string,
  id: string,
  input: ScheduleTime,
): Promise<void> {
  const permission = requirePermission(context, "schedule.change");
  await withUnsettled(context, permission, apiId, id, ["scheduled"], async (tx, api, row) => {
    const time = await readScheduleTime(tx, input);
    await tx.scheduledPublish.update({ where: { id }, data: time });
    const detail = { before: timeDetail(row), after: timeDetail(time) };
    await recordAudit(tx, context, { action: "schedule.change", ...subjectOf(api), detail });
  });
}

/**
 * Takes a scheduled publish back before its time, or gives up one that was refused. Problems: invalid when it is too late,
 * not-found, forbidden.
 */
export async function cancelSchedule(context: ServerContext, apiId: string, id: string): Promise<void> {
  const permission = requirePermission(context, "schedule.cancel");
  await withUnsettled(context, permission, apiId, id, ["scheduled", "refused"], async (tx, api, row) => {
    await tx.$executeRaw`UPDATE scheduled_publish SET state = 'cancelled', ended_at = clock_timestamp(),
      reason = ${`Cancelled by ${context.actor.name}.`} WHERE id = ${id}::uuid`;
    await recordAudit(tx, context, { action: "schedule.cancel", ...subjectOf(api), detail: timeDetail(row) });
  });
}

/** Works with one that is in one of these states, and that nobody publishes meanwhile. */
async function withUnsettled(
  context: ServerContext,
  permission: Permission,
  apiId: string,
  id: string,
  states: readonly ScheduleState[],
  work: (tx: Transaction, api: ApiRow, row: ScheduleRow) => Promise<void>,
): Promise<void> {
  await context.db.$transaction(async (tx) => {
    const api = await getApiRow(permission, tx, apiId);
    await getScheduleRow(tx, api.id, id);
    await tx.$queryRaw`SELECT id FROM scheduled_publish WHERE id = ${id}::uuid FOR UPDATE`;
    await requireStanding(tx, context);
    const row = await getScheduleRow(tx, api.id, id);
    if (!states.some((state) => state === row.state))
      throw new Problem("invalid", `It is too late: this change is ${row.state} already.`);
    await work(tx, api, row);
  });
}
