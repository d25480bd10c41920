import { failedIn, medianOf, ratioOf } from "./figures.ts";
import type { CaseResult, LaneResult, Profile, Round } from "./result.ts";
import type { Target } from "./targets.ts";

type Column = { title: string; figure?: keyof Round; text: (lane: LaneResult, first: LaneResult) => string };

function column(title: string, figure: keyof Round, digits: number, unit = 1): Column {
  return {
    title,
    figure,
    text: (lane) =>
      (medianOf(lane, figure) / unit).toLocaleString("en", {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }),
  };
}

const columns: readonly Column[] = [
  column("CPU µs", "cpuMicros", 1),
  { title: "ratio", figure: "cpuMicros", text: (lane, first) => `× ${ratioOf(lane, first, "cpuMicros").toFixed(2)}` },
  column("requests/s", "perSecond", 0),
  column("p50 ms", "p50Ms", 2),
  column("p99 ms", "p99Ms", 2),
  column("KiB a connection", "bytesPerConnection", 1, 1_024),
  column("RSS MB", "residentBytes", 0, 1e6),
  { title: "failed", text: (lane) => String(failedIn(lane)) },
];

/** A case as rows, the first of which are titles: medians, and the ratio of processor time to nginx's, or the first lane's. */
export function rowsOf({ title, lanes }: CaseResult): string[][] {
  const first = lanes.find(({ contender }) => contender === "nginx") ?? lanes[0];
  if (!first) return [];
  const shown = columns.filter(({ figure }) => !figure || lanes.some((lane) => !Number.isNaN(medianOf(lane, figure))));
  const titles = shown.map(({ title: name }) => (name === "ratio" ? `× ${first.title}` : name));
  return [[title, ...titles], ...lanes.map((lane) => [lane.title, ...shown.map(({ text }) => text(lane, first))])];
}

export function targetRows(targets: readonly Target[]): string[][] {
  const rows = targets.map(({ text, bound, measured, isReached }) => [text, bound, measured, isReached ? "yes" : "no"]);
  return [["target", "bound", "measured", "reached"], ...rows];
}

export function profileRows({ rows }: Profile): string[][] {
  const total = rows.reduce((sum, { microsPerRequest }) => sum + microsPerRequest, 0);
  const cells = rows.map(({ group, microsPerRequest }) => [
    group,
    microsPerRequest.toFixed(1),
    `${((microsPerRequest / total) * 100).toFixed(0)} %`,
  ]);
  return [["where the worker's time goes", "µs a request", "share"], ...cells, ["together", total.toFixed(1), "100 %"]];
}

/** Rows for a terminal: the first column to the left, numbers to the right. */
export function textTable(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  const cell = (text: string, index: number) =>
    index === 0 ? text.padEnd(widths[index] ?? 0) : text.padStart(widths[index] ?? 0);
  return rows.map((row) => row.map(cell).join("  ")).join("\n");
}

/** Rows for a Markdown file. */
export function markdownTable(rows: readonly string[][]): string {
  const [head = [], ...rest] = rows;
  const line = (row: readonly string[]) => `| ${row.join(" | ")} |`;
  const rule = head.map((_, index) => (index === 0 ? "---" : "---:"));
  return [head, rule, ...rest].map(line).join("\n");
}
