import { z } from "zod";

/** Of the process's report, the part that is asked for. "unlimited" stays a word. */
const reportSchema = z.object({
  userLimits: z.object({ open_files: z.object({ soft: z.union([z.number(), z.string()]) }) }),
});

/** Files and sockets that this process may have open at a time; Infinity where the system does not say. */
export function openFilesLimit(): number {
  const parsed = reportSchema.safeParse(process.report?.getReport());
  const soft = parsed.success ? Number(parsed.data.userLimits.open_files.soft) : Number.NaN;
  return Number.isNaN(soft) ? Number.POSITIVE_INFINITY : soft;
}

/**
 * Connections of clients that are taken at a time. A quarter of the files that may be open is kept for endpoints: a client
 * that is let in and finds no socket left would have endpoints suspended that are well.
 */
export function connectionsWithin(wanted: number, openFiles: number): number {
  return Math.max(1, Math.min(wanted, Math.floor(openFiles * 0.75)));
}
