"use client";

import { ScatterChart } from "@mui/x-charts/ScatterChart";
import type { OneResult } from "./many-results.ts";

/** How long each of many requests took, by who answered it. The table beside it says the same in words. */
export function ManyChart({ results }: { results: readonly OneResult[] }) {
  const members = Map.groupBy(results, ({ member }) => member);
  return (
    <ScatterChart
      height={240}
      xAxis={[{ label: "Request", min: 0 }]}
      yAxis={[{ label: "ms", min: 0 }]}
      series={[...members].map(([label, of]) => ({
        label,
        data: of.map(({ turn, ms }) => ({ id: turn, x: turn, y: Math.round(ms * 10) / 10 })),
      }))}
    />
  );
}
