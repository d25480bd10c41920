"use client";

import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import type { GroupKind } from "./endpoint-words.ts";

type MemberShareProps = { kind: GroupKind; position: number; count: number };

/** What a member gets of the traffic while every member is ready: its share, or its place in the line. */
export function MemberShare({ kind, position, count }: MemberShareProps) {
  if (kind === "failover") {
    return (
      <Typography variant="caption" color="textSecondary" sx={{ width: 88 }}>
        {position === 0 ? "Primary" : `Failover ${position}`}
      </Typography>
    );
  }
  const percent = 100 / count;
  return (
    <Box sx={{ width: 88 }}>
      <Typography variant="caption" color="textSecondary" sx={{ fontVariantNumeric: "tabular-nums" }}>
        {percent.toLocaleString("en-US", { maximumFractionDigits: 1 })} % of calls
      </Typography>
      <Box aria-hidden sx={{ height: 4, borderRadius: 2, bgcolor: "action.selected", overflow: "hidden" }}>
        <Box sx={{ height: 4, width: `${percent}%`, bgcolor: "primary.main" }} />
      </Box>
    </Box>
  );
}
