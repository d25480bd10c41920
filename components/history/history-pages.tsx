"use client";

import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import NextLink from "next/link";

type HistoryPagesProps = {
  apiId: string;
  total: number;
  isNewest: boolean;
  /** The last revision shown, when there are older ones. */
  olderThan: number | undefined;
};

/** Links through a history. It grows at its head, so pages follow revisions and not numbers of pages. */
export function HistoryPages({ apiId, total, isNewest, olderThan }: HistoryPagesProps) {
  const path = `/apis/${apiId}/history`;
  return (
    <Stack component="nav" aria-label="Pages of the history" direction="row" sx={{ gap: 1, alignItems: "center" }}>
      {!isNewest && (
        <Button component={NextLink} href={path} variant="outlined">
          Newest
        </Button>
      )}
      {olderThan !== undefined && (
        <Button component={NextLink} href={`${path}?before=${olderThan}`} variant="outlined">
          Older
        </Button>
      )}
      <Typography variant="body2" color="textSecondary">
        {total === 1 ? "1 revision" : `${total.toLocaleString("en-US")} revisions`}
      </Typography>
    </Stack>
  );
}
