"use client";

import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogContentText from "@mui/material/DialogContentText";
import DialogTitle from "@mui/material/DialogTitle";
import TextField from "@mui/material/TextField";
import { useId, useState, useTransition } from "react";
import { CommentField } from "@/components/history/comment-field.tsx";
import type { ScheduleTime } from "@/lib/model/schedule.ts";
import { timeInZone } from "@/lib/model/time-in-zone.ts";
import { localTimeText, nextFullHour, ownTimeZone } from "./local-time.ts";
import { isAboutSchedule, type ScheduleOutcome } from "./schedule-outcome.ts";

type ScheduleDialogProps = {
  title: string;
  confirmLabel: string;
  /** What it is set to now; absent: the next full hour. */
  initial?: { publishAt: Date; comment: string };
  onClose: () => void;
  onConfirm: (time: ScheduleTime) => Promise<ScheduleOutcome>;
};

/** Asks when a change is to be live. Times are of this browser's time zone, which it names. */
export function ScheduleDialog({ title, confirmLabel, initial, onClose, onConfirm }: ScheduleDialogProps) {
  const titleId = useId();
  const timeZone = ownTimeZone();
  const [text, setText] = useState(() => localTimeText(initial?.publishAt ?? nextFullHour(new Date())));
  const [comment, setComment] = useState(initial?.comment ?? "");
  const [problem, setProblem] = useState<string>();
  const [isPending, startTransition] = useTransition();
  const publishAt = new Date(text);
  const isTime = !Number.isNaN(publishAt.getTime());

  const confirm = () =>
    startTransition(async () => {
      if (!isTime) {
        setProblem("Enter a date and a time.");
        return;
      }
      const outcome = await onConfirm({ publishAt: publishAt.toISOString(), timeZone, comment });
      const own = outcome.ok ? undefined : outcome.items.find(isAboutSchedule);
      if (own) setProblem(own.message);
      else onClose();
    });

  return (
    <Dialog open onClose={isPending ? undefined : onClose} maxWidth="xs" fullWidth aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent sx={{ display: "grid", gap: 2.5 }}>
        <DialogContentText>
          Nothing changes until then. At its time it goes live by itself, unless somebody saved this API in between.
        </DialogContentText>
        <TextField
          label="Publish at"
          type="datetime-local"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setProblem(undefined);
          }}
          error={problem !== undefined}
          helperText={problem ?? (isTime ? whenInWords(publishAt, timeZone) : "A date and a time.")}
          slotProps={{ inputLabel: { shrink: true } }}
          autoFocus
        />
        <CommentField value={comment} onChange={setComment} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={isPending}>
          Close
        </Button>
        <Button variant="contained" loading={isPending} onClick={confirm}>
          {confirmLabel}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function whenInWords(publishAt: Date, timeZone: string): string {
  const own = timeInZone(publishAt, timeZone);
  return timeZone === "UTC" ? own : `${own}, which is ${timeInZone(publishAt, "UTC")}`;
}
