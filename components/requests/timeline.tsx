import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";

/** How a step went; shape and colour say the same. */
export type StepTone = "plain" | "good" | "warning" | "bad" | "off";

const marks = {
  plain: { color: "primary.main", shape: "●" },
  good: { color: "success.main", shape: "●" },
  warning: { color: "warning.main", shape: "▲" },
  bad: { color: "error.main", shape: "■" },
  off: { color: "text.secondary", shape: "○" },
} as const satisfies Record<StepTone, { color: string; shape: string }>;

/** Steps along a line, in the order in which they happened. */
export function Timeline({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box component="ol" aria-label={label} sx={{ listStyle: "none", m: 0, p: 0 }}>
      {children}
    </Box>
  );
}

type TimelineStepProps = { title: string; tone?: StepTone; at?: string; children: ReactNode };

/** One step; `at` says when it began. */
export function TimelineStep({ title, tone = "plain", at, children }: TimelineStepProps) {
  const { color, shape } = marks[tone];
  return (
    <Box
      component="li"
      sx={{
        position: "relative",
        pl: 4,
        pb: 3,
        // The line from this mark to the next one; the last step has nobody to lead to.
        "&::before": { content: '""', position: "absolute", left: 9, top: 22, bottom: 0, width: 2, bgcolor: "divider" },
        "&:last-of-type": { pb: 0, "&::before": { display: "none" } },
      }}
    >
      <Box
        aria-hidden
        sx={{ position: "absolute", left: 0, top: 0, width: 20, textAlign: "center", color, lineHeight: "22px" }}
      >
        {shape}
      </Box>
      <Box sx={{ display: "flex", alignItems: "baseline", justifyContent: "space-between", gap: 2 }}>
        <Typography component="h3" variant="body1" sx={{ fontWeight: 500, lineHeight: "22px" }}>
          {title}
        </Typography>
        {at && (
          <Typography variant="caption" color="textSecondary" sx={{ whiteSpace: "nowrap" }}>
            {at}
          </Typography>
        )}
      </Box>
      <Box sx={{ mt: 0.25, overflowWrap: "anywhere", color: "text.secondary" }}>{children}</Box>
    </Box>
  );
}
