const units = [
  { name: "day", ms: 86_400_000 },
  { name: "hour", ms: 3_600_000 },
  { name: "minute", ms: 60_000 },
  { name: "second", ms: 1_000 },
] as const;

/** A duration as a person says it: "2 minutes", "1.5 seconds", "300 milliseconds", "1 minute 30 seconds". */
export function durationInWords(durationMs: number): string {
  if (durationMs < 1_000) return counted(durationMs, "millisecond");
  if (durationMs < 60_000) return counted(durationMs / 1_000, "second");
  const words: string[] = [];
  let rest = durationMs;
  for (const { name, ms } of units) {
    const count = name === "second" ? rest / ms : Math.floor(rest / ms);
    if (count > 0) words.push(counted(count, name));
    rest -= Math.floor(rest / ms) * ms;
  }
  // Two units say enough; the exact number stands in the field.
  return words.slice(0, 2).join(" ");
}

function counted(count: number, unit: string): string {
  return `${count.toLocaleString("en-US", { maximumFractionDigits: 3 })} ${unit}${count === 1 ? "" : "s"}`;
}
