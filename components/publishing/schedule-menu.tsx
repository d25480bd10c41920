"use client";

import ArrowDropDownIcon from "@mui/icons-material/ArrowDropDown";
import Button from "@mui/material/Button";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import dynamic from "next/dynamic";
import { useId, useState } from "react";
import type { ScheduleTime } from "@/lib/model/schedule.ts";
import { nextFullHour } from "./local-time.ts";
import type { ScheduleOutcome } from "./schedule-outcome.ts";

const ScheduleDialog = dynamic(() => import("./schedule-dialog.tsx").then((module) => module.ScheduleDialog), {
  loading: () => null,
});

type ScheduleMenuProps = {
  disabled: boolean;
  /** What was typed as a comment so far. */
  comment: string;
  onSchedule: (time: ScheduleTime) => Promise<ScheduleOutcome>;
};

/** What else can be done with a form than SAVE, which stays one click. Stands beside it. */
export function ScheduleMenu({ disabled, comment, onSchedule }: ScheduleMenuProps) {
  const menuId = useId();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button
        variant="contained"
        size="small"
        disabled={disabled}
        aria-label="Publish later"
        aria-haspopup="menu"
        aria-controls={anchor ? menuId : undefined}
        aria-expanded={anchor !== undefined}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ px: 0 }}
      >
        <ArrowDropDownIcon />
      </Button>
      <Menu id={menuId} anchorEl={anchor} open={anchor !== undefined} onClose={() => setAnchor(undefined)}>
        <MenuItem
          onClick={() => {
            setAnchor(undefined);
            setAsking(true);
          }}
        >
          Save as scheduled…
        </MenuItem>
      </Menu>
      {isAsking && (
        <ScheduleDialog
          title="When is this change to be live?"
          confirmLabel="Schedule"
          initial={{ publishAt: nextFullHour(new Date()), comment }}
          onClose={() => setAsking(false)}
          onConfirm={onSchedule}
        />
      )}
    </>
  );
}
