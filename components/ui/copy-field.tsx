"use client";

import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useId } from "react";
import { CopyButton } from "./copy-button.tsx";

/** A text to take away: in full, monospaced, with a button that copies it. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const labelId = useId();
  return (
    <Box>
      <Typography id={labelId} variant="caption" color="textSecondary">
        {label}
      </Typography>
      <Box
        sx={{
          display: "flex",
          alignItems: "center",
          gap: 1,
          pl: 1.5,
          pr: 0.5,
          py: 0.5,
          border: 1,
          borderColor: "divider",
          borderRadius: 1,
          bgcolor: "background.paper",
        }}
      >
        <Box
          component="code"
          role="group"
          aria-labelledby={labelId}
          sx={{ flex: 1, minWidth: 0, fontSize: 13, overflowWrap: "anywhere", userSelect: "all" }}
        >
          {value}
        </Box>
        <CopyButton label={`Copy ${label.charAt(0).toLowerCase()}${label.slice(1)}`} value={value} />
      </Box>
    </Box>
  );
}
