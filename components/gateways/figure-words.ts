const units = [
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
  [1, "s"],
] as const;

/** How long something has run, in its two largest units: "3 d 4 h". */
export function uptimeWords(sinceMs: number): string {
  let left = Math.max(0, Math.floor(sinceMs / 1_000));
  const parts: string[] = [];
  for (const [seconds, name] of units) {
    const count = Math.floor(left / seconds);
    left -= count * seconds;
    if (count > 0) parts.push(`${count} ${name}`);
    if (parts.length === 2) break;
  }
  return parts.length > 0 ? parts.join(" ") : "0 s";
}

/** Memory as people compare it: "24 KiB", "312 MiB", "1.5 GiB". */
export function memoryWords(bytes: number): string {
  const mebibytes = bytes / 2 ** 20;
  if (mebibytes < 1) return `${Math.round(bytes / 2 ** 10)} KiB`;
  return mebibytes < 1_024 ? `${Math.round(mebibytes)} MiB` : `${(mebibytes / 1_024).toFixed(1)} GiB`;
}

/** A duration of requests: "0.8 ms", "120 ms", "1.5 s"; "—" when there were none. */
export function latencyWords(ms: number | null): string {
  if (ms === null) return "—";
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** Requests in a second: "0.4", "1,250". */
export function rateWords(perSecond: number): string {
  return perSecond === 0 || perSecond >= 10 ? Math.round(perSecond).toLocaleString("en-US") : perSecond.toFixed(1);
}
