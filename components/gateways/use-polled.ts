"use client";

import useSWR from "swr";
import type { z } from "zod";

/** How often what gateways report is read again, ms. They report every five seconds, and at once after a change. */
const refreshIntervalMs = 3_000;
const deadlineMs = 5_000;

/**
 * Reads a JSON route again and again while the page can be seen, beginning with what the server rendered. `error` is
 * a sentence while the newest reading failed; `data` then is the last good one.
 */
export function usePolled<Schema extends z.ZodType>(path: string, schema: Schema, initial: z.output<Schema>) {
  const read = async () => {
    // A redirect means that the session has ended: its sign-in page is no answer.
    const response = await fetch(path, { signal: AbortSignal.timeout(deadlineMs), redirect: "error" });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return schema.parse(await response.json());
  };
  const { data, error } = useSWR(path, read, {
    fallbackData: initial,
    refreshInterval: refreshIntervalMs,
    refreshWhenHidden: false,
    keepPreviousData: true,
  });
  const failed: unknown = error;
  return { data: data ?? initial, isStale: failed !== undefined };
}
