import "server-only";
import { z } from "zod";
import { type ScheduleTime, scheduleStates, scheduleTimeSchema } from "../../model/schedule.ts";
import type { ScheduledPublish } from "../schedule/list-schedules.ts";
import { apiInput, apiRepresentation } from "./api-representation.ts";
import type { Operation } from "./operation.ts";
import { commentQuery, noQuery } from "./query-parts.ts";
import { changeRepresentation, representationFromChange } from "./revision-representation.ts";

const scheduleInput = scheduleTimeSchema.meta({ id: "ScheduleTime" });

const scheduleRepresentation = z
  .strictObject({
    id: z.uuid(),
    state: z.enum(scheduleStates),
    publishAt: z.iso.datetime(),
    timeZone: z.string(),
    description: z.string().meta({ description: "The comment of the one who scheduled it." }),
    author: z.string(),
    createdTime: z.iso.datetime(),
    endedTime: z.iso.datetime().nullable(),
    baseRevision: z.int().meta({ description: "The revision that it was made on." }),
    revision: z.int().nullable().meta({ description: "The revision that it became." }),
    reason: z.string().meta({ description: "Why it was refused or cancelled." }),
    changes: z.array(changeRepresentation),
    changedMeanwhile: z.array(changeRepresentation).meta({
      description: "What others changed since it was made. While there is something, its time will refuse it.",
    }),
  })
  .meta({ id: "ScheduledPublish" });

export function representationFromSchedule(schedule: ScheduledPublish): z.input<typeof scheduleRepresentation> {
  const { publishAt, comment, actorName, createdAt, endedAt, changes, changedMeanwhile, ...rest } = schedule;
  return {
    ...rest,
    publishAt: publishAt.toISOString(),
    description: comment,
    author: actorName,
    createdTime: createdAt.toISOString(),
    endedTime: endedAt?.toISOString() ?? null,
    changes: changes.map(representationFromChange),
    changedMeanwhile: changedMeanwhile.map(representationFromChange),
  };
}

export const listSchedulesOperation = {
  method: "GET",
  path: "/apis/{apiId}/scheduled-publishes",
  operationId: "getScheduledPublishes",
  summary: "The scheduled publishes of an API: those that wait by their time, then the last that are settled",
  query: noQuery,
  answer: {
    status: 200,
    description: "At most 100 of them",
    body: z
      .strictObject({ count: z.int(), list: z.array(scheduleRepresentation) })
      .meta({ id: "ScheduledPublishList" }),
  },
  errors: [403, 404],
} as const satisfies Operation;

export const scheduleOperation = {
  method: "POST",
  path: "/apis/{apiId}/scheduled-publishes",
  operationId: "schedulePublish",
  summary: "Save a document that replaces the API's at a time; with If-Match only if nobody saved in between",
  query: z.object({
    publishAt: z
      .string({ error: "publishAt is required, for example 2030-01-31T22:00:00+01:00 (percent-encode the +)." })
      .meta({ format: "date-time" }),
    timeZone: z.string().default("UTC").meta({ description: "IANA name, for those who read it." }),
    comment: commentQuery,
  }),
  body: apiInput,
  answer: { status: 201, description: "It waits for its time", body: scheduleRepresentation },
  errors: [400, 403, 404, 412, 413, 415],
} as const satisfies Operation;

export const rescheduleOperation = {
  method: "PUT",
  path: "/apis/{apiId}/scheduled-publishes/{scheduleId}",
  operationId: "changeScheduledPublish",
  summary: "Give a scheduled publish another time or comment",
  query: noQuery,
  body: scheduleInput,
  answer: { status: 200, description: "It waits for its new time" },
  errors: [400, 403, 404, 413, 415],
} as const satisfies Operation;

export const cancelScheduleOperation = {
  method: "DELETE",
  path: "/apis/{apiId}/scheduled-publishes/{scheduleId}",
  operationId: "cancelScheduledPublish",
  summary: "Take a scheduled publish back before its time, or give up one that was refused",
  query: noQuery,
  answer: { status: 200, description: "It is cancelled" },
  errors: [400, 403, 404],
} as const satisfies Operation;

export const publishNowOperation = {
  method: "POST",
  path: "/apis/{apiId}/scheduled-publishes/{scheduleId}/publish",
  operationId: "publishScheduledNow",
  summary: "Publish a scheduled or refused change at once, on top of what is stored; If-Match says what that is",
  query: noQuery,
  answer: {
    status: 200,
    description: "The API as it is now",
    body: apiRepresentation,
    headers: { ETag: "The API's revision in quotes, for If-Match." },
  },
  errors: [400, 403, 404, 409, 412],
} as const satisfies Operation;

/** The calls about scheduled publishes. */
export const scheduleOperations: readonly Operation[] = [
  listSchedulesOperation,
  scheduleOperation,
  rescheduleOperation,
  cancelScheduleOperation,
  publishNowOperation,
];

/** The time of a body, as the verb reads it. */
export const scheduleTimeBody = z.object({
  publishAt: z.string({ error: "publishAt is required, for example 2030-01-31T22:00:00+01:00." }),
  timeZone: z.string().optional(),
  comment: z.string().optional(),
}) satisfies z.ZodType<ScheduleTime>;
