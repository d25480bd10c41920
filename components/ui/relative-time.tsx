"use client";

import Tooltip from "@mui/material/Tooltip";
import { useEffect, useState } from "react";

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** "3 minutes ago", "in 2 days". */
function relativeWords(date: Date, nowMs: number): string {
  const seconds = Math.round((date.getTime() - nowMs) / 1000);
  const unit = units.find(([, length]) => Math.abs(seconds) >= length);
  if (!unit) return Math.abs(seconds) < 10 ? "just now" : relative.format(seconds, "second");
  return relative.format(Math.trunc(seconds / unit[1]), unit[0]);
}

/** The same on the server and in every browser. */
function absoluteWords(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

const refreshMs = 30_000;

/** How long ago, or until when; the exact time on hover. Rendered on the server as the exact time, so nothing flickers. */
export function RelativeTime({ date }: { date: Date }) {
  const [nowMs, setNowMs] = useState<number>();
  const dateMs = date.getTime();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new date is read against the present, not against the last refresh.
  useEffect(() => {
    setNowMs(Date.now());
    const timer = setInterval(() => setNowMs(Date.now()), refreshMs);
    return () => clearInterval(timer);
  }, [dateMs]);
  return (
    <Tooltip title={absoluteWords(date)}>
      <time dateTime={date.toISOString()}>
        {nowMs === undefined ? absoluteWords(date) : relativeWords(date, nowMs)}
      </time>
    </Tooltip>
  );
}
