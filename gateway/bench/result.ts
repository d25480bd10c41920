import { z } from "zod";

/** What one round of one lane measured. */
export const roundSchema = z.strictObject({
  /** Processor time of the proxy for one request, µs. */
  cpuMicros: z.number(),
  perSecond: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  failed: z.number(),
  /** Resident memory of all its processes at the end, bytes. */
  residentBytes: z.number(),
  /** What a client connection that carries nothing adds to it; absent where none was opened. */
  bytesPerConnection: z.number().optional(),
});
export type Round = z.infer<typeof roundSchema>;

export const laneResultSchema = z.strictObject({
  contender: z.string(),
  title: z.string(),
  rounds: z.array(roundSchema),
});
export type LaneResult = z.infer<typeof laneResultSchema>;

export const caseResultSchema = z.strictObject({ id: z.string(), title: z.string(), lanes: z.array(laneResultSchema) });
export type CaseResult = z.infer<typeof caseResultSchema>;
