"use server";

import { z } from "zod";
import type { ActionResult } from "../../model/action-result.ts";
import type { ApiChanges } from "../../model/api-changes.ts";
import { parseInput } from "../../model/parse-input.ts";
import type { ScheduleTime } from "../../model/schedule.ts";
import { cancelSchedule, rescheduleChange } from "../schedule/change-schedule.ts";
import { publishScheduledNow } from "../schedule/publish-scheduled.ts";
import { scheduleChange } from "../schedule/schedule-change.ts";
import { idSchema } from "./id-schema.ts";
import { runAction } from "./run-action.ts";

/** "Save as scheduled…" of any page of an API, against the revision the form was filled from. Answers with its id. */
export async function scheduleChangeAction(
  apiId: string,
  changes: ApiChanges,
  expectedRevision: number,
  time: ScheduleTime,
): Promise<ActionResult<string>> {
  return runAction(
    async (context) =>
      scheduleChange(context, parseInput(idSchema, apiId), changes, time, parseInput(z.number(), expectedRevision)),
    "/apis",
  );
}

/** Gives a scheduled publish another time or comment. */
export async function rescheduleAction(apiId: string, id: string, time: ScheduleTime): Promise<ActionResult<void>> {
  return runAction(
    async (context) => rescheduleChange(context, parseInput(idSchema, apiId), parseInput(idSchema, id), time),
    "/apis",
  );
}

/** Takes a scheduled publish back. */
export async function cancelScheduleAction(apiId: string, id: string): Promise<ActionResult<void>> {
  return runAction(
    async (context) => cancelSchedule(context, parseInput(idSchema, apiId), parseInput(idSchema, id)),
    "/apis",
  );
}

/** Publishes a scheduled or refused change at once. Answers with the revision it became. */
export async function publishScheduledAction(
  apiId: string,
  id: string,
  expectedRevision: number,
): Promise<ActionResult<number>> {
  return runAction(async (context) => {
    const given = { apiId: parseInput(idSchema, apiId), id: parseInput(idSchema, id) };
    const api = await publishScheduledNow(context, given.apiId, given.id, parseInput(z.number(), expectedRevision));
    return api.revision;
  }, "/apis");
}
