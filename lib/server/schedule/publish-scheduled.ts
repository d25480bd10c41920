import { type ApiRow, apiWithOwner, documentFromRow } from "../../db/api-row.ts";
import type { Transaction } from "../../db/client.ts";
import type { Api } from "../../model/api.ts";
import { Problem } from "../../model/problem.ts";
import { applyChanges } from "../apis/apply-changes.ts";
import { becomeDefaultVersion } from "../apis/default-version.ts";
import { getApiRow } from "../apis/find-api.ts";
import { refuseStale } from "../apis/stale-problem.ts";
import { replaceDocument, subjectOf } from "../apis/write-api.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { actorFromUser } from "../auth/actor.ts";
import { changeConfiguration } from "../change-configuration.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { changesFromRow, getScheduleRow, type ScheduleRow } from "./schedule-row.ts";

/** Publishes that are settled in one round. */
const mostAtOnce = 50;

/**
 * Makes live what is due by the clock of the database, on behalf of who scheduled it. Any number of publishers may do so at
 * once: each change is published once. One that does not fit any more is refused with the reason, and nothing changes.
 */
export async function publishDueChanges(options: Omit<ServerContext, "actor">): Promise<void> {
  const due = await options.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM scheduled_publish WHERE state = 'scheduled' AND publish_at <= clock_timestamp()
    ORDER BY publish_at, id LIMIT ${mostAtOnce}`;
  for (const { id } of due) await publishDue(options, id);
}

async function publishDue(options: Omit<ServerContext, "actor">, id: string): Promise<void> {
  try {
    const row = await options.db.scheduledPublish.findUnique({ where: { id } });
    if (!row) return; // Gone with its API.
    const context = { ...options, actor: await makerOf(options.db, row) };
    const permission = requirePermission(context, "schedule.publish");
    await changeConfiguration(context, async (tx, revision) => {
      const locked = await lockWaiting(tx, id, true);
      if (!locked) return;
      const api = await getApiRow(permission, tx, locked.apiId);
      await refuseStale(tx, api, locked.baseRevision);
      await publishLocked(tx, context, api, locked, revision);
    });
  } catch (error) {
    if (!(error instanceof Problem) || error.kind === "too-many-requests") throw error;
    await refuse(options, id, error);
  }
}

/**
 * Publishes a scheduled change at once, whatever was saved since it was made: the caller has seen the difference to
 * `expectedRevision`. Problems: invalid, not-found, forbidden, conflict, stale.
 */
export async function publishScheduledNow(
  context: ServerContext,
  apiId: string,
  id: string,
  expectedRevision?: number,
): Promise<Api> {
  const permission = requirePermission(context, "schedule.publish");
  return changeConfiguration(context, async (tx, revision) => {
    const api = await getApiRow(permission, tx, apiId);
    const row = await getScheduleRow(tx, api.id, id);
    const locked = await lockWaiting(tx, row.id, false);
    if (!locked) throw new Problem("invalid", `It is too late: this change is ${row.state} already.`);
    if (expectedRevision !== undefined) await refuseStale(tx, api, expectedRevision);
    return publishLocked(tx, context, api, locked, revision);
  });
}

async function publishLocked(
  tx: Transaction,
  context: ServerContext,
  api: ApiRow,
  row: ScheduleRow,
  revision: number,
): Promise<Api> {
  const before = documentFromRow(api);
  const after = applyChanges(before, changesFromRow(row));
  await becomeDefaultVersion(tx, context, api.id, { before, after }, revision);
  const published = await replaceDocument(tx, context, api, after, {
    revision,
    revisionAction: "Scheduled publish",
    auditAction: "schedule.publish",
    comment: row.comment,
    auditDetail: { scheduledBy: row.actorName, publishAt: row.publishAt.toISOString() },
  });
  await tx.$executeRaw`UPDATE scheduled_publish SET state = 'published', reason = '', revision = ${revision},
    ended_at = clock_timestamp() WHERE id = ${row.id}::uuid`;
  return published;
}

/** The row, ours until the transaction ends; undefined when it is settled, or another publisher settles it now. */
async function lockWaiting(tx: Transaction, id: string, isDue: boolean): Promise<ScheduleRow | undefined> {
  const waiting = isDue ? ["scheduled"] : ["scheduled", "refused"];
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM scheduled_publish WHERE id = ${id}::uuid AND state = ANY(${waiting})
      AND (NOT ${isDue} OR publish_at <= clock_timestamp()) FOR UPDATE SKIP LOCKED`;
  return rows.length === 0 ? undefined : tx.scheduledPublish.findUniqueOrThrow({ where: { id } });
}

/** Who scheduled it, as they are today. Problem "forbidden" when they may not do anything any more. */
async function makerOf(tx: Transaction, row: ScheduleRow) {
  const user = await tx.user.findUnique({ where: { id: row.actorId } });
  if (user && !user.banned) return actorFromUser(user);
  throw new Problem("forbidden", `${row.actorName}, who scheduled it, has no active account any more.`);
}

async function refuse({ db, ...rest }: Omit<ServerContext, "actor">, id: string, problem: Problem): Promise<void> {
  await db.$transaction(async (tx) => {
    const reason = [problem.message, ...problem.items.map(({ path, message }) => `${path}: ${message}`)]
      .filter((text, index, all) => !all.slice(0, index).some((earlier) => text.endsWith(earlier)))
      .join("\n")
      .slice(0, 4_000);
    const ended = await tx.$executeRaw`
      UPDATE scheduled_publish SET state = 'refused', reason = ${reason}, ended_at = clock_timestamp()
      WHERE id = ${id}::uuid AND state = 'scheduled'`;
    if (ended !== 1) return;
    const row = await tx.scheduledPublish.findUniqueOrThrow({ where: { id } });
    const api = await tx.api.findUniqueOrThrow({ where: { id: row.apiId }, include: apiWithOwner });
    const actor = { id: row.actorId, name: row.actorName, email: "", role: "publisher" as const };
    const detail = { reason, baseRevision: row.baseRevision, revision: api.revision };
    await recordAudit(tx, { db, ...rest, actor }, { action: "schedule.refuse", ...subjectOf(api), detail });
  });
}

/** Forgets what was settled a quarter of a year ago; the audit log keeps it. */
export async function sweepSchedules(tx: Transaction): Promise<void> {
  await tx.$executeRaw`DELETE FROM scheduled_publish WHERE ended_at < now() - interval '90 days'`;
}
