import Box from "@mui/material/Box";
import type { ReactNode } from "react";

type ScrollRegionProps = {
  label: string;
  /** Beyond it the region scrolls downwards too, pixels. */
  maxHeight?: number;
  children: ReactNode;
};

/** A part wider than a small screen: it scrolls by itself, and the keyboard reaches it to do so. */
export function ScrollRegion({ label, maxHeight, children }: ScrollRegionProps) {
  return (
    <Box
      role="region"
      aria-label={label}
      tabIndex={0}
      sx={{
        maxHeight,
        overflow: "auto",
        border: 1,
        borderColor: "divider",
        borderRadius: 2,
        bgcolor: "background.paper",
        // Times broken into three lines make rows tall; the region scrolls instead.
        "& time": { whiteSpace: "nowrap" },
        // The last line's rule would double the frame.
        "& tbody tr:last-of-type > *": { borderBottom: 0 },
      }}
    >
      {children}
    </Box>
  );
}
