"use client";

import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { StateLabel } from "@/components/admin/state-label.tsx";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import type { ApiStatistics, StatisticsWindow, TellableState } from "@/lib/model/api-statistics.ts";
import { errorCodeText } from "@/lib/model/error-code.ts";
import { endpointName } from "./traffic-words.ts";

const words = {
  active: { word: "Ready again", tone: "good" },
  timeout: { word: "Timed out", tone: "warning" },
  suspended: { word: "Suspended", tone: "bad" },
  down: { word: "Found down", tone: "bad" },
} as const satisfies Record<TellableState, { word: string; tone: string }>;

const fewest = 5;

/** When which endpoint went and came back, the newest first. */
export function StateChangeList({ changes, window }: { changes: ApiStatistics["changes"]; window: StatisticsWindow }) {
  const [isWhole, setWhole] = useState(false);
  if (changes.length === 0) {
    return (
      <Typography variant="body2" color="textSecondary" sx={{ mt: 2 }}>
        No endpoint changed its state in the last {window}.
      </Typography>
    );
  }
  const shown = isWhole ? changes : changes.slice(0, fewest);
  return (
    <Box sx={{ mt: 2 }}>
      <Typography component="h3" variant="subtitle2" id="state-changes">
        Endpoints that went and came back
      </Typography>
      <Box component="ul" aria-labelledby="state-changes" sx={{ listStyle: "none", p: 0, m: 0 }}>
        {shown.map((change) => (
          <Box
            component="li"
            key={`${change.at} ${change.gateway} ${change.endpointId} ${change.to}`}
            sx={{
              display: "flex",
              flexWrap: "wrap",
              columnGap: 1.5,
              py: 0.75,
              borderBottom: 1,
              borderColor: "divider",
            }}
          >
            <StateLabel {...words[change.to]} />
            <Box component="span" sx={{ overflowWrap: "anywhere", minWidth: 0 }}>
              {endpointName(change)}
              {change.code !== null && `: ${errorCodeText(change.code)}`}
            </Box>
            <Typography component="span" variant="body2" color="textSecondary" sx={{ ml: "auto" }}>
              {change.gateway} · <RelativeTime date={new Date(change.at)} />
            </Typography>
          </Box>
        ))}
      </Box>
      {changes.length > fewest && (
        <Button size="small" onClick={() => setWhole(!isWhole)} aria-expanded={isWhole}>
          {isWhole ? "Show fewer" : `Show all ${changes.length}`}
        </Button>
      )}
    </Box>
  );
}
