"use client";

import Box from "@mui/material/Box";
import { useTheme } from "@mui/material/styles";
import Typography from "@mui/material/Typography";
import { BarChart } from "@mui/x-charts/BarChart";
import { LineChart } from "@mui/x-charts/LineChart";
import type { ReactNode } from "react";
import type { ApiStatistics } from "@/lib/model/api-statistics.ts";
import { durationText, endpointName, pointTime } from "./traffic-words.ts";

const height = 220;
/** More endpoints than that are in the table alone. */
const mostBars = 12;

/** Requests and errors, latency, and the share of each endpoint. */
export function TrafficCharts({ statistics: { points, endpoints } }: { statistics: ApiStatistics }) {
  const { palette } = useTheme();
  const times = points.map(({ at }) => pointTime(at));
  const answered = points.map(({ requests, clientErrors, serverErrors }) => requests - clientErrors - serverErrors);
  const shown = endpoints.slice(0, mostBars);
  // A line through a single point would not be seen.
  const isSparse = points.filter(({ requests }) => requests > 0).length <= 20;
  const duration = (ms: number | null) => durationText(ms);
  return (
    <Box sx={{ display: "grid", gap: 3, gridTemplateColumns: { lg: "1fr 1fr" } }}>
      <Chart title="Requests">
        <BarChart
          height={height}
          skipAnimation
          xAxis={[{ scaleType: "band", data: times }]}
          yAxis={[{ tickMinStep: 1 }]}
          series={[
            { data: answered, label: "Answered", stack: "all", color: palette.primary.main },
            {
              data: points.map(({ clientErrors }) => clientErrors),
              label: "4xx",
              stack: "all",
              color: palette.warning.main,
            },
            {
              data: points.map(({ serverErrors }) => serverErrors),
              label: "5xx",
              stack: "all",
              color: palette.error.main,
            },
          ]}
        />
      </Chart>
      <Chart title="Latency">
        <LineChart
          height={height}
          skipAnimation
          xAxis={[{ scaleType: "point", data: times }]}
          yAxis={[{ valueFormatter: (ms: number) => durationText(ms), width: 64 }]}
          series={[
            {
              data: points.map(({ p50Ms }) => p50Ms),
              label: "Median",
              showMark: isSparse,
              valueFormatter: duration,
              color: palette.primary.main,
            },
            {
              data: points.map(({ p95Ms }) => p95Ms),
              label: "95 %",
              showMark: isSparse,
              valueFormatter: duration,
              color: palette.warning.main,
            },
            {
              data: points.map(({ p99Ms }) => p99Ms),
              label: "99 %",
              showMark: isSparse,
              valueFormatter: duration,
              color: palette.error.main,
            },
          ]}
        />
      </Chart>
      {shown.length > 0 && (
        <Box sx={{ gridColumn: "1 / -1" }}>
          <Chart title="Requests by endpoint">
            <BarChart
              height={70 + 34 * shown.length}
              skipAnimation
              layout="horizontal"
              xAxis={[{ tickMinStep: 1 }]}
              yAxis={[{ scaleType: "band", data: shown.map(endpointName), width: 220 }]}
              series={[
                {
                  data: shown.map(({ requests, failures }) => requests - failures),
                  label: "Answered",
                  stack: "all",
                  color: palette.primary.main,
                },
                {
                  data: shown.map(({ failures }) => failures),
                  label: "Failed",
                  stack: "all",
                  color: palette.error.main,
                },
              ]}
            />
          </Chart>
        </Box>
      )}
    </Box>
  );
}

function Chart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box component="figure" sx={{ m: 0, minWidth: 0 }}>
      <Typography component="figcaption" variant="subtitle2" sx={{ mb: 0.5 }}>
        {title}
      </Typography>
      {children}
    </Box>
  );
}
