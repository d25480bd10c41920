"use client";

import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import NextLink from "next/link";

type AuditPagesProps = {
  isNewest: boolean;
  /** Id of the last event shown, when there are older ones. */
  olderThan: string | undefined;
};

/** Links through the audit log. It grows at its head, so pages follow ids and not numbers. */
export function AuditPages({ isNewest, olderThan }: AuditPagesProps) {
  if (isNewest && olderThan === undefined) return null;
  return (
    <Stack component="nav" aria-label="Pages of the audit log" direction="row" sx={{ gap: 1 }}>
      {!isNewest && (
        <Button component={NextLink} href="/admin/audit" variant="outlined">
          Newest
        </Button>
      )}
      {olderThan !== undefined && (
        <Button component={NextLink} href={`/admin/audit?before=${olderThan}`} variant="outlined">
          Older
        </Button>
      )}
    </Stack>
  );
}
