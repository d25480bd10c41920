"use client";

import { useRouter } from "next/navigation";
import { useNotify } from "@/components/ui/notify.tsx";
import type { FormProblem } from "@/lib/model/action-result.ts";
import type { ApiChanges } from "@/lib/model/api-changes.ts";
import type { ScheduleTime } from "@/lib/model/schedule.ts";
import { timeInZone } from "@/lib/model/time-in-zone.ts";
import { scheduleChangeAction } from "@/lib/server/actions/schedule-actions.ts";
import { isAboutSchedule, type ScheduleOutcome } from "./schedule-outcome.ts";

type ScheduleHandlers = {
  /** The change waits for its time: the form goes back to what is live. */
  onScheduled: () => void;
  onProblem: (problem: FormProblem) => void;
};

/** Schedules what a form holds, against the revision that it was filled from. */
export function useSchedule(apiId: string, { onScheduled, onProblem }: ScheduleHandlers) {
  const router = useRouter();
  const notify = useNotify();
  return async (changes: ApiChanges, expectedRevision: number, time: ScheduleTime): Promise<ScheduleOutcome> => {
    const result = await scheduleChangeAction(apiId, changes, expectedRevision, time);
    if (!result.ok) {
      const { items } = result.problem;
      // What is wrong with the time is said at its field.
      if (!items.some(isAboutSchedule)) onProblem(result.problem);
      return { ok: false, items };
    }
    onScheduled();
    const when = timeInZone(new Date(time.publishAt), time.timeZone ?? "UTC");
    notify.success(`Scheduled for ${when}. It is listed under Publishing.`);
    router.refresh();
    return { ok: true };
  };
}
