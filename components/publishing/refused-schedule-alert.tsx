"use client";

import Alert from "@mui/material/Alert";
import AlertTitle from "@mui/material/AlertTitle";
import Button from "@mui/material/Button";
import NextLink from "next/link";
import { timeInZone } from "@/lib/model/time-in-zone.ts";

type RefusedScheduleAlertProps = {
  apiId: string;
  refused: { publishAt: Date; timeZone: string; reason: string };
};

/** Tells on every page of an API that a scheduled change did not go live, until somebody settles it. */
export function RefusedScheduleAlert({ apiId, refused }: RefusedScheduleAlertProps) {
  const [first] = refused.reason.split("\n");
  return (
    <Alert
      severity="error"
      sx={{ mb: 3 }}
      action={
        <Button component={NextLink} href={`/apis/${apiId}/publishing`} color="inherit" size="small">
          Look at it
        </Button>
      }
    >
      <AlertTitle>
        The change scheduled for {timeInZone(refused.publishAt, refused.timeZone)} did not go live
      </AlertTitle>
      {first}
    </Alert>
  );
}
