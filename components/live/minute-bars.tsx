"use client";

import Box from "@mui/material/Box";
import type { MinuteCount } from "@/lib/model/gateway-ask.ts";

const heightPx = 18;

type MinuteBarsProps = {
  minutes: readonly MinuteCount[];
  /** Calls that a full bar stands for. */
  most: number;
};

/** One bar for each of the last minutes: calls, and at its foot those that failed. */
export function MinuteBars({ minutes, most }: MinuteBarsProps) {
  const height = (count: number) => (count === 0 ? 0 : Math.max(2, Math.round((count / most) * heightPx)));
  const words = minutes.map(({ requests, failures }) => (failures > 0 ? `${requests} (${failures} failed)` : requests));
  return (
    <Box
      role="img"
      aria-label={`Calls in each of the last five minutes, the oldest first: ${words.join(", ")}`}
      sx={{ display: "inline-flex", alignItems: "flex-end", gap: "2px", height: heightPx }}
    >
      {minutes.map(({ ago, requests, failures }) => (
        <Box
          key={ago}
          sx={{
            width: 6,
            height: `${Math.max(1, height(requests))}px`,
            display: "flex",
            alignItems: "flex-end",
            bgcolor: requests === 0 ? "divider" : "primary.main",
          }}
        >
          <Box sx={{ width: 6, height: `${height(failures)}px`, bgcolor: "error.main" }} />
        </Box>
      ))}
    </Box>
  );
}
