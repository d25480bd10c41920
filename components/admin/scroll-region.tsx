import Box from "@mui/material/Box";
import type { ReactNode } from "react";

/** A part wider than a small screen: it scrolls by itself, and the keyboard reaches it to do so. */
export function ScrollRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box
      role="region"
      aria-label={label}
      tabIndex={0}
      sx={{ overflowX: "auto", border: 1, borderColor: "divider", borderRadius: 2, bgcolor: "background.paper" }}
    >
      {children}
    </Box>
  );
}
