import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { ChangeSentences } from "@/components/history/change-sentences.tsx";
import { Entry, EntryList } from "@/components/ui/entry-list.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import type { DocumentChange } from "@/lib/model/document-diff.ts";
import type { ScheduleState } from "@/lib/model/schedule.ts";
import { timeInZone } from "@/lib/model/time-in-zone.ts";
import { ScheduleButtons } from "./schedule-buttons.tsx";

type Schedule = {
  id: string;
  state: ScheduleState;
  publishAt: Date;
  timeZone: string;
  comment: string;
  actorName: string;
  createdAt: Date;
  endedAt: Date | null;
  revision: number | null;
  reason: string;
  changes: readonly DocumentChange[];
  changedMeanwhile: readonly DocumentChange[];
};

type ScheduleListProps = {
  apiId: string;
  /** The revision that is stored now. */
  present: number;
  schedules: readonly Schedule[];
  canPublish: boolean;
};

/** What waits for its time, and what became of what did. */
export function ScheduleList({ apiId, present, schedules, canPublish }: ScheduleListProps) {
  if (schedules.length === 0) {
    return (
      <Typography color="textSecondary">
        Nothing is scheduled. Open the menu beside SAVE on a page of this API and choose “Save as scheduled…”.
      </Typography>
    );
  }
  return (
    <EntryList label="Scheduled publishes">
      {schedules.map((schedule) => (
        <Entry key={schedule.id}>
          <div>
            <Typography component="h3" variant="subtitle2">
              {stateWords[schedule.state]}
              {schedule.revision !== null && ` as revision ${schedule.revision}`} ·{" "}
              {timeInZone(schedule.publishAt, schedule.timeZone)}
            </Typography>
            <Typography variant="body2" color="textSecondary">
              Scheduled by {schedule.actorName}, <RelativeTime date={schedule.createdAt} />
              {schedule.state === "scheduled" && (
                <>
                  ; goes live <RelativeTime date={schedule.publishAt} />
                </>
              )}
            </Typography>
          </div>
          {schedule.comment !== "" && (
            <Box sx={{ overflowWrap: "anywhere", fontStyle: "italic" }}>“{schedule.comment}”</Box>
          )}
          {schedule.state === "refused" && (
            <Alert severity="error" sx={{ whiteSpace: "pre-line" }}>
              {schedule.reason}
            </Alert>
          )}
          {schedule.state === "scheduled" && schedule.changedMeanwhile.length > 0 && (
            <Alert severity="warning">
              Somebody saved this API since this change was made, so it will be refused at its time. Publish it on top
              of what is there now, or cancel it.
              <ChangeSentences changes={schedule.changedMeanwhile} most={6} />
            </Alert>
          )}
          {schedule.state === "cancelled" && <div>{schedule.reason}</div>}
          <ChangeSentences changes={schedule.changes} most={8} />
          {canPublish && (schedule.state === "scheduled" || schedule.state === "refused") && (
            <ScheduleButtons
              apiId={apiId}
              present={present}
              schedule={{
                ...{ id: schedule.id, publishAt: schedule.publishAt, comment: schedule.comment },
                ...{ isWaiting: schedule.state === "scheduled", changes: schedule.changes },
              }}
            />
          )}
        </Entry>
      ))}
    </EntryList>
  );
}

const stateWords = {
  scheduled: "Scheduled",
  published: "Published",
  refused: "Refused",
  cancelled: "Cancelled",
} as const satisfies Record<ScheduleState, string>;
