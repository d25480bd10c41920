"use client";

import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";

type MemberShareProps = {
  /** Of the endpoints that share the load, from 0 to 1. */
  share: number;
  /** Of what it is a share, such as "of calls". */
  of: string;
};

/** What a member gets of the traffic while every endpoint is ready. */
export function MemberShare({ share, of }: MemberShareProps) {
  const percent = 100 * share;
  return (
    <Box sx={{ width: 96 }}>
      <Typography variant="caption" color="textSecondary" noWrap sx={{ fontVariantNumeric: "tabular-nums" }}>
        {percent.toLocaleString("en-US", { maximumFractionDigits: 1 })} % {of}
      </Typography>
      <Box aria-hidden sx={{ height: 4, borderRadius: 2, bgcolor: "action.selected", overflow: "hidden" }}>
        <Box sx={{ height: 4, width: `${percent}%`, bgcolor: "primary.main" }} />
      </Box>
    </Box>
  );
}

/** What a member of a failover group is instead. */
export function MemberTurn({ position }: { position: number }) {
  return (
    <Typography variant="caption" color="textSecondary" sx={{ width: 96 }}>
      {position === 0 ? "Primary" : `Failover ${position}`}
    </Typography>
  );
}
