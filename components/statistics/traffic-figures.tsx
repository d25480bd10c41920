import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import type { ApiStatistics } from "@/lib/model/api-statistics.ts";
import { durationText, shareText } from "./traffic-words.ts";

/** What there was in all. */
export function TrafficFigures({ statistics: { total, window } }: { statistics: ApiStatistics }) {
  const figures = [
    ["Requests", total.requests.toLocaleString("en")],
    ["Failed (5xx)", shareText(total.serverErrors, total.requests)],
    ["Refused (4xx)", shareText(total.clientErrors, total.requests)],
    ["Median", durationText(total.p50Ms)],
    ["95 of 100 within", durationText(total.p95Ms)],
    ["99 of 100 within", durationText(total.p99Ms)],
  ] as const;
  return (
    <Box
      component="dl"
      aria-label={`In the last ${window}`}
      sx={{ m: 0, mb: 2, display: "grid", gap: 2, gridTemplateColumns: "repeat(auto-fit, minmax(120px, 1fr))" }}
    >
      {figures.map(([name, value]) => (
        <Box key={name}>
          <Typography component="dt" variant="body2" color="textSecondary">
            {name}
          </Typography>
          <Typography component="dd" variant="h6" sx={{ m: 0 }}>
            {value}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
