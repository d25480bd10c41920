import Box from "@mui/material/Box";
import type { ReactNode } from "react";

/** Entries under each other in one frame, in an order that means something; the label says which. */
export function EntryList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box
      component="ol"
      aria-label={label}
      sx={{
        listStyle: "none",
        m: 0,
        p: 0,
        border: 1,
        borderColor: "divider",
        borderRadius: 2,
        bgcolor: "background.paper",
      }}
    >
      {children}
    </Box>
  );
}

/** One of them, its parts under each other; `aside` stands at its end where there is room. */
export function Entry({ label, aside, children }: { label?: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <Box
      component="li"
      aria-label={label}
      sx={{
        display: "grid",
        gridTemplateColumns: aside === undefined ? undefined : { xs: "1fr", sm: "1fr auto" },
        columnGap: 2,
        rowGap: 1,
        px: 2,
        py: 1.5,
        typography: "body2",
        "&:not(:first-of-type)": { borderTop: 1, borderColor: "divider" },
      }}
    >
      {children}
      {aside}
    </Box>
  );
}
