import { laneOf, medianOf, ratioOf } from "./figures.ts";
import type { BenchResult } from "./result.ts";

const width = 880;
const rowHeight = 26;
const labelWidth = 250;
const valueWidth = 130;
const top = 52;

/**
 * Processor time for a 1 KiB GET as bars, the least first: one SVG that is legible on light and dark.
 */
export function chartOf({ cases }: BenchResult): string {
  const lanes = cases.find(({ id }) => id === "get-1k")?.lanes ?? [];
  const bars = lanes
    .map((lane) => ({ lane, micros: medianOf(lane, "cpuMicros") }))
    .toSorted((one, other) => one.micros - other.micros);
  const nginx = laneOf(cases, "get-1k", "nginx");
  const longest = Math.max(...bars.map(({ micros }) => micros), 1);
  const scale = (width - labelWidth - valueWidth) / longest;
  const height = top + bars.length * rowHeight + 12;
  const rows = bars.map(({ lane, micros }, index) => {
    const y = top + index * rowHeight;
    const ratio = nginx ? `, × ${ratioOf(lane, nginx, "cpuMicros").toFixed(1)}` : "";
    const length = Math.max(1, micros * scale).toFixed(1);
    return `  <text class="label" x="${labelWidth - 10}" y="${y + 14}" text-anchor="end">${escaped(lane.title)}</text>
  <rect class="${lane.contender === "fairlead" ? "ours" : "bar"}" x="${labelWidth}" y="${y + 2}" width="${length}" height="16" rx="2"/>
  <text class="value" x="${(labelWidth + Number(length) + 8).toFixed(1)}" y="${y + 14}">${micros.toFixed(0)} µs${ratio}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Processor time of a proxy for one request">
  <style>
    text { font: 13px system-ui, sans-serif; fill: #1f2328; }
    .title { font-size: 15px; font-weight: 600; }
    .value { font-variant-numeric: tabular-nums; }
    .bar { fill: #8c959f; }
    .ours { fill: #0969da; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .bar { fill: #6e7681; }
      .ours { fill: #4493f8; }
    }
  </style>
  <text class="title" x="12" y="24">Processor time of a proxy for one 1 KiB GET, and as a multiple of nginx’s</text>
${rows.join("\n")}
</svg>
`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
