import { z } from "zod";
import { type ApiRow, documentFromRow } from "../../db/api-row.ts";
import { apiDocumentSchema } from "../../model/api.ts";
import type { DocumentChange } from "../../model/document-diff.ts";
import { Problem } from "../../model/problem.ts";
import { type ScheduleState, scheduleStates } from "../../model/schedule.ts";
import { applyChanges } from "../apis/apply-changes.ts";
import { changesBetween } from "../apis/document-comparison.ts";
import { getApiRow } from "../apis/find-api.ts";
import { findRevisionRow } from "../apis/get-api-revision.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { changesFromRow, type ScheduleRow } from "./schedule-row.ts";

/** A change that is, or was, scheduled. */
export type ScheduledPublish = {
  id: string;
  state: ScheduleState;
  publishAt: Date;
  timeZone: string;
  comment: string;
  actorName: string;
  createdAt: Date;
  endedAt: Date | null;
  baseRevision: number;
  /** The revision that it became. */
  revision: number | null;
  /** Why it was refused or cancelled. */
  reason: string;
  /** What it would change of what is stored now; of one that is settled, what it changed of what it was made on. */
  changes: DocumentChange[];
  /** What others have changed since it was made. While there is something, its time will refuse it. */
  changedMeanwhile: DocumentChange[];
};

/** The scheduled publishes of an API: those that wait by their time, then the last that are settled, at most 100. */
export async function listSchedules(context: ServerContext, apiId: string): Promise<ScheduledPublish[]> {
  const permission = requirePermission(context, "schedule.list");
  const api = await getApiRow(permission, context.db, apiId);
  const waiting = await context.db.scheduledPublish.findMany({
    where: { apiId: api.id, state: "scheduled" },
    orderBy: [{ publishAt: "asc" }, { id: "asc" }],
    take: 50,
  });
  const settled = await context.db.scheduledPublish.findMany({
    where: { apiId: api.id, state: { not: "scheduled" } },
    orderBy: [{ endedAt: "desc" }, { id: "desc" }],
    take: 50,
  });
  return Promise.all([...waiting, ...settled].map((row) => scheduleFromRow(context, api, row)));
}

/** The scheduled publish that was refused last and that nobody has settled since; null: none. Problems as above. */
export async function findRefusedSchedule(
  context: ServerContext,
  apiId: string,
): Promise<{ publishAt: Date; timeZone: string; reason: string } | null> {
  const permission = requirePermission(context, "schedule.list");
  const { id } = await getApiRow(permission, context.db, apiId);
  return context.db.scheduledPublish.findFirst({
    where: { apiId: id, state: "refused" },
    orderBy: { endedAt: "desc" },
    select: { publishAt: true, timeZone: true, reason: true },
  });
}

async function scheduleFromRow(context: ServerContext, api: ApiRow, row: ScheduleRow): Promise<ScheduledPublish> {
  const { id, publishAt, timeZone, comment, actorName, createdAt, endedAt, baseRevision, revision, reason } = row;
  const state = z.enum(scheduleStates).parse(row.state);
  const mayStillGo = state === "scheduled" || state === "refused";
  const stored = (await findRevisionRow(context.db, api.id, baseRevision))?.document;
  const base = apiDocumentSchema.safeParse(stored).data;
  const present = documentFromRow(api);
  return {
    ...{ id, state, publishAt, timeZone, comment, actorName, createdAt, endedAt, baseRevision, revision, reason },
    changes: changesOf(mayStillGo ? present : (base ?? present), row),
    changedMeanwhile: mayStillGo && base ? changesBetween(base, present) : [],
  };
}

/** What it changes; nothing while it could not be published at all, which its reason tells. */
function changesOf(before: ReturnType<typeof documentFromRow>, row: ScheduleRow): DocumentChange[] {
  try {
    return changesBetween(before, applyChanges(before, changesFromRow(row)));
  } catch (error) {
    if (error instanceof Problem) return [];
    throw error;
  }
}
