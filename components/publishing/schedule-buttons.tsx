"use client";

import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ChangeSentences } from "@/components/history/change-sentences.tsx";
import { ConfirmDialog } from "@/components/ui/confirm-dialog.tsx";
import { useNotify } from "@/components/ui/notify.tsx";
import type { ActionResult } from "@/lib/model/action-result.ts";
import type { DocumentChange } from "@/lib/model/document-diff.ts";
import type { ScheduleTime } from "@/lib/model/schedule.ts";
import {
  cancelScheduleAction,
  publishScheduledAction,
  rescheduleAction,
} from "@/lib/server/actions/schedule-actions.ts";
import { ScheduleDialog } from "./schedule-dialog.tsx";
import { isAboutSchedule, type ScheduleOutcome } from "./schedule-outcome.ts";

type ScheduleButtonsProps = {
  apiId: string;
  /** The revision that is stored now. */
  present: number;
  schedule: {
    id: string;
    publishAt: Date;
    comment: string;
    /** Whether its time is still ahead; else it was refused. */
    isWaiting: boolean;
    changes: readonly DocumentChange[];
  };
};

/** What can be done with a change that is not live. */
export function ScheduleButtons({ apiId, present, schedule }: ScheduleButtonsProps) {
  const router = useRouter();
  const notify = useNotify();
  const [asking, setAsking] = useState<"time" | "publish" | "cancel">();
  const [isPending, startTransition] = useTransition();
  const close = () => setAsking(undefined);

  const run = (action: () => Promise<ActionResult<unknown>>, done: string) =>
    startTransition(async () => {
      const result = await action();
      close();
      if (result.ok) notify.success(done);
      else notify.error(result.problem.message);
      router.refresh();
    });

  async function reschedule(time: ScheduleTime): Promise<ScheduleOutcome> {
    const result = await rescheduleAction(apiId, schedule.id, time);
    if (!result.ok) {
      const { items, message } = result.problem;
      if (!items.some(isAboutSchedule)) notify.error(message);
      return { ok: false, items };
    }
    notify.success("The change has a new time.");
    router.refresh();
    return { ok: true };
  }

  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 0.5, ml: -0.75 }}>
      {schedule.isWaiting && (
        <Button size="small" onClick={() => setAsking("time")}>
          Change time…
        </Button>
      )}
      <Button size="small" onClick={() => setAsking("publish")}>
        {schedule.isWaiting ? "Publish now…" : "Publish anyway…"}
      </Button>
      <Button size="small" color="error" onClick={() => setAsking("cancel")}>
        {schedule.isWaiting ? "Cancel it…" : "Give it up…"}
      </Button>
      {asking === "time" && (
        <ScheduleDialog
          title="When is this change to be live?"
          confirmLabel="Change time"
          initial={schedule}
          onClose={close}
          onConfirm={reschedule}
        />
      )}
      <ConfirmDialog
        open={asking === "publish"}
        title="Publish this change now?"
        confirmLabel="Publish"
        busy={isPending}
        onCancel={close}
        onConfirm={() => run(() => publishScheduledAction(apiId, schedule.id, present), "The change is published.")}
      >
        <Stack sx={{ gap: 1.5 }}>
          <span>On top of revision {present}, which is stored now, it changes:</span>
          <ChangeSentences changes={schedule.changes} />
        </Stack>
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === "cancel"}
        title={schedule.isWaiting ? "Cancel this scheduled change?" : "Give this change up?"}
        confirmLabel={schedule.isWaiting ? "Cancel the change" : "Give it up"}
        cancelLabel="Keep it"
        destructive
        busy={isPending}
        onCancel={close}
        onConfirm={() => run(() => cancelScheduleAction(apiId, schedule.id), "The change is cancelled.")}
      >
        It does not go live. What it would have changed stays readable here.
      </ConfirmDialog>
    </Box>
  );
}
