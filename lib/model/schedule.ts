import { z } from "zod";
import { revisionCommentSchema } from "./revision-comment.ts";

/**
 * - scheduled: it waits for its time.
 * - published: it is live, as the revision it became.
 * - refused: at its time it did not fit any more; nothing changed.
 * - cancelled: somebody took it back.
 */
export const scheduleStates = ["scheduled", "published", "refused", "cancelled"] as const;
export type ScheduleState = (typeof scheduleStates)[number];

/** Most changes of one API that wait at once. */
export const maxScheduledPerApi = 50;
/** How far ahead a change can be scheduled, days. */
export const maxScheduleDays = 366;

const example = "for example 2030-01-31T22:00:00+01:00";

/** An IANA time zone that this runtime knows. */
const timeZoneSchema = z.string().max(64).refine(isTimeZone, "A time zone is a name such as Europe/Berlin or UTC.");

/** When a scheduled change is to be live, and why it is made. */
export const scheduleTimeSchema = z.strictObject({
  publishAt: z.iso
    .datetime({ offset: true, error: `The time is a date and time with its offset from UTC, ${example}.` })
    .transform((text) => new Date(text))
    .meta({ type: "string", format: "date-time" }),
  timeZone: timeZoneSchema.default("UTC"),
  comment: revisionCommentSchema.default(""),
});
export type ScheduleTime = z.input<typeof scheduleTimeSchema>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false; // The one way to ask: a RangeError says that it is none.
  }
}
