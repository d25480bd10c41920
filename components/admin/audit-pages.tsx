"use client";

import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import NextLink from "next/link";

/** Where the newest page and the next older one are, if they are others than this. */
type AuditPagesProps = { newest: string | undefined; older: string | undefined };

/** Links through the audit log. It grows at its head, so pages follow events and not numbers. */
export function AuditPages({ newest, older }: AuditPagesProps) {
  if (newest === undefined && older === undefined) return null;
  return (
    <Stack component="nav" aria-label="Pages of the audit log" direction="row" sx={{ gap: 1 }}>
      {newest !== undefined && (
        <Button component={NextLink} href={newest} variant="outlined">
          Newest
        </Button>
      )}
      {older !== undefined && (
        <Button component={NextLink} href={older} variant="outlined" prefetch={false}>
          Older
        </Button>
      )}
    </Stack>
  );
}
