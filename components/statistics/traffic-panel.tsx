"use client";

import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Link from "@mui/material/Link";
import Skeleton from "@mui/material/Skeleton";
import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";
import Typography from "@mui/material/Typography";
import dynamic from "next/dynamic";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import type { ApiStatistics } from "@/lib/model/api-statistics.ts";
import { StateChangeList } from "./state-change-list.tsx";
import { TrafficFigures } from "./traffic-figures.tsx";
import { TrafficTable } from "./traffic-table.tsx";

/** Gateways write down what they count every ten seconds. */
const refreshMs = 15_000;

const TrafficCharts = dynamic(() => import("./traffic-charts.tsx").then((module) => module.TrafficCharts), {
  ssr: false,
  loading: () => <Skeleton variant="rounded" height={280} role="status" aria-label="The charts are being drawn" />,
});

type TrafficPanelProps = {
  apiId: string;
  statistics: ApiStatistics;
  /** Whether a gateway is there that counts. */
  isCounted: boolean;
  isRouted: boolean;
};

/** Requests, errors, latency, the share of each endpoint and changes of state, as charts or as a table. */
export function TrafficPanel({ apiId, statistics, isCounted, isRouted }: TrafficPanelProps) {
  const router = useRouter();
  const pathname = usePathname();
  const [view, setView] = useState<"charts" | "table">("charts");
  const [isLoading, startLoading] = useTransition();
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === "visible" && router.refresh(), refreshMs);
    return () => clearInterval(timer);
  }, [router]);
  const { window, total } = statistics;
  const choose = (next: string | null) =>
    next && startLoading(() => router.replace(next === "day" ? `${pathname}?window=day` : pathname, { scroll: false }));
  return (
    <>
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 2, alignItems: "center", mb: 2 }}>
        <Typography variant="h6" component="h2" id="traffic" sx={{ mr: "auto" }}>
          Traffic
        </Typography>
        <ToggleButtonGroup
          size="small"
          exclusive
          value={window}
          disabled={isLoading}
          onChange={(_, next: string | null) => choose(next)}
          aria-label="Time that is shown"
        >
          <ToggleButton value="hour">Last hour</ToggleButton>
          <ToggleButton value="day">Last day</ToggleButton>
        </ToggleButtonGroup>
        <ToggleButtonGroup
          size="small"
          exclusive
          value={view}
          onChange={(_, next: "charts" | "table" | null) => next && setView(next)}
          aria-label="How it is shown"
        >
          <ToggleButton value="charts">Charts</ToggleButton>
          <ToggleButton value="table">Table</ToggleButton>
        </ToggleButtonGroup>
      </Box>
      {isRouted && !isCounted && (
        <Alert severity="warning" sx={{ mb: 2 }}>
          No gateway is connected, so nothing is counted at present.
        </Alert>
      )}
      <TrafficFigures statistics={statistics} />
      {total.requests === 0 ? (
        <Typography color="textSecondary" sx={{ py: 3 }}>
          {isRouted
            ? `No calls in the last ${window}. They appear here within a quarter of a minute: try the command above.`
            : "Gateways do not serve this API in its present state, so there are no calls."}
        </Typography>
      ) : view === "charts" ? (
        <TrafficCharts statistics={statistics} />
      ) : (
        <TrafficTable statistics={statistics} />
      )}
      <StateChangeList changes={statistics.changes} window={window} />
      {total.serverErrors + total.clientErrors > 0 && (
        <Typography sx={{ mt: 2 }}>
          <Link href={`/apis/${apiId}/requests?failed=true`}>The last failures, each with its reason</Link>
        </Typography>
      )}
    </>
  );
}
