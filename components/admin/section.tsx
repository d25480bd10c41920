import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { type ReactNode, useId } from "react";

type SectionProps = {
  title: string;
  /** Where links of the page lead to. */
  id?: string;
  description?: ReactNode;
  children: ReactNode;
};

/** A titled part of a page. */
export function Section({ title, id, description, children }: SectionProps) {
  const titleId = useId();
  return (
    <Box component="section" id={id} aria-labelledby={titleId} sx={{ scrollMarginTop: 80 }}>
      <Typography id={titleId} component="h2" variant="h6" sx={{ mb: description ? 0.5 : 1.5 }}>
        {title}
      </Typography>
      {description && (
        <Typography variant="body2" color="text.secondary" sx={{ mb: 1.5 }}>
          {description}
        </Typography>
      )}
      {children}
    </Box>
  );
}
