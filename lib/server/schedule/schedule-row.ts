import type { Transaction } from "../../db/client.ts";
import type { ScheduledPublishModel } from "../../db/generated/models.ts";
import { apiChangesSchema } from "../../model/api-changes.ts";
import { Problem } from "../../model/problem.ts";
import type { SealedChanges } from "../apis/apply-changes.ts";
import { isUuid } from "../apis/find-api.ts";

export type ScheduleRow = ScheduledPublishModel;

/** What a scheduled publish changes, secrets sealed. Throws when it is not valid. */
export function changesFromRow(row: ScheduleRow): SealedChanges {
  return apiChangesSchema.parse(row.changes);
}

/** A scheduled publish of an API. Problem "not-found". */
export async function getScheduleRow(tx: Transaction, apiId: string, id: string): Promise<ScheduleRow> {
  const row = isUuid(id) ? await tx.scheduledPublish.findFirst({ where: { id, apiId } }) : null;
  if (!row) throw new Problem("not-found", "This API has no scheduled publish of this id.");
  return row;
}
