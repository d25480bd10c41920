import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";

type EmptyStateProps = { title: string; description: ReactNode; action?: ReactNode };

/** What stands where nothing is yet: why, and the first step. */
export function EmptyState({ title, description, action }: EmptyStateProps) {
  return (
    <Box
      sx={{
        border: "1px dashed",
        borderColor: "divider",
        borderRadius: 2,
        px: 3,
        py: 6,
        textAlign: "center",
        bgcolor: "background.paper",
      }}
    >
      <Typography variant="h6" component="h2">
        {title}
      </Typography>
      <Typography color="textSecondary" sx={{ mt: 1, mx: "auto", maxWidth: "60ch" }}>
        {description}
      </Typography>
      {action && (
        <Box sx={{ mt: 3, display: "flex", justifyContent: "center", flexWrap: "wrap", gap: 1 }}>{action}</Box>
      )}
    </Box>
  );
}
