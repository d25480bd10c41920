import type { ApiStatistics } from "@/lib/model/api-statistics.ts";

/** "12.3 ms", "1.2 s"; a dash where there was nothing to measure. */
export function durationText(ms: number | null): string {
  if (ms === null) return "–";
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(ms >= 10_000 ? 0 : 1)} s`;
  return `${ms >= 100 ? Math.round(ms) : ms.toFixed(1)} ms`;
}

/** Share of requests, in percent; nothing of nothing is nothing. */
export function shareText(part: number, whole: number): string {
  if (whole === 0) return "0 %";
  const share = (100 * part) / whole;
  if (share > 0 && share < 0.1) return "< 0.1 %";
  return `${share.toFixed(share < 10 && share > 0 ? 1 : 0)} %`;
}

/** When a point begins, in the reader's own time. */
export function pointTime(at: string): string {
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/** How an endpoint is called: by its address, or as one that is gone. */
export function endpointName({
  url,
  keyType,
  endpointId,
}: Omit<ApiStatistics["endpoints"][number], "requests" | "failures">) {
  return `${url ?? `Removed endpoint ${endpointId.slice(0, 8)}`}${keyType === "sandbox" ? " (sandbox)" : ""}`;
}
