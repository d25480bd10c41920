import type { CaseResult, LaneResult, Round } from "./result.ts";
import { median } from "./statistics.ts";

/** The median of one figure over the rounds of a lane. */
export function medianOf(lane: LaneResult, figure: keyof Round): number {
  return median(lane.rounds.map((round) => round[figure] ?? Number.NaN));
}

const columns = ["", "CPU µs", "× nginx", "req/s", "p50 ms", "p99 ms", "failed", "RSS MB"];

/** A case as rows of text: medians, and the ratio of processor time to nginx's. */
export function rowsOf({ lanes }: CaseResult): string[][] {
  const nginx = lanes.find(({ contender }) => contender === "nginx");
  return lanes.map((lane) => [
    lane.title,
    medianOf(lane, "cpuMicros").toFixed(1),
    nginx ? (medianOf(lane, "cpuMicros") / medianOf(nginx, "cpuMicros")).toFixed(2) : "",
    Math.round(medianOf(lane, "perSecond")).toLocaleString("en"),
    medianOf(lane, "p50Ms").toFixed(2),
    medianOf(lane, "p99Ms").toFixed(2),
    String(lane.rounds.reduce((sum, { failed }) => sum + failed, 0)),
    (medianOf(lane, "residentBytes") / 1e6).toFixed(0),
  ]);
}

/** A table for a terminal. */
export function textTable(result: CaseResult): string {
  const rows = [[result.title, ...columns.slice(1)], ...rowsOf(result)];
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0))).join("  "),
    )
    .join("\n");
}
