import type { ProblemItem } from "@/lib/model/problem.ts";

/** Whether it was scheduled, else what was wrong: items that are not the dialog's are shown by the form behind it. */
export type ScheduleOutcome = { ok: true } | { ok: false; items: readonly ProblemItem[] };

/** Whether a problem is one of the dialog's own fields. */
export function isAboutSchedule({ path }: ProblemItem): boolean {
  return path === "publishAt" || path === "timeZone" || path === "comment";
}
