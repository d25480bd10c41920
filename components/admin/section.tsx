import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";

type SectionProps = {
  title: string;
  /** Where links of the page lead to. */
  id?: string;
  description?: ReactNode;
  children: ReactNode;
};

/** A titled part of a page. */
export function Section({ title, id, description, children }: SectionProps) {
  return (
    <Box component="section" id={id} sx={{ scrollMarginTop: 80 }}>
      <Typography component="h2" variant="h6" sx={{ mb: description ? 0.5 : 1.5 }}>
        {title}
      </Typography>
      {description && (
        <Typography variant="body2" color="textSecondary" sx={{ mb: 1.5 }}>
          {description}
        </Typography>
      )}
      {children}
    </Box>
  );
}
