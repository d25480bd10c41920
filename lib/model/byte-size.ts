const units = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, kB: 1000, MB: 1000 ** 2, GB: 1000 ** 3 } as const;
const written = /^(\d{1,16}(?:\.\d{1,3})?) ?([kKmMgG]i?[bB]|[bB])?$/;

/** Octets of "512 KiB", "10 MB", "1.5 GiB" or a number alone; undefined for what is no size or no whole number of octets. */
export function parseByteSize(text: string): number | undefined {
  const [, number, suffix = "B"] = written.exec(text.trim().replaceAll(",", "")) ?? [];
  const unit = Object.entries(units).find(([name]) => name.toLowerCase() === suffix.toLowerCase())?.[1];
  if (number === undefined || unit === undefined) return undefined;
  const bytes = Number(number) * unit;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** A size as {@link parseByteSize} reads it back, in the largest unit that it is a whole number of. */
export function formatByteSize(bytes: number): string {
  for (const unit of ["GiB", "MiB", "KiB"] as const)
    if (bytes > 0 && bytes % units[unit] === 0) return `${(bytes / units[unit]).toLocaleString("en-US")} ${unit}`;
  return `${bytes.toLocaleString("en-US")} B`;
}
