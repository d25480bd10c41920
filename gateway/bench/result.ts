import { z } from "zod";

/** What one round of one lane measured; figures that a case does not have are absent. */
export const roundSchema = z.strictObject({
  /** Processor time of the proxy for one request, µs. */
  cpuMicros: z.number().optional(),
  perSecond: z.number().optional(),
  p50Ms: z.number().optional(),
  p99Ms: z.number().optional(),
  failed: z.number(),
  /** Resident memory of all processes of the proxy at the end, bytes. */
  residentBytes: z.number(),
  /** What a client connection that carries nothing adds to it. */
  bytesPerConnection: z.number().optional(),
});
export type Round = z.infer<typeof roundSchema>;

/** One contender in a case, in the way it took part. */
export const laneResultSchema = z.strictObject({
  contender: z.string(),
  title: z.string(),
  rounds: z.array(roundSchema),
});
export type LaneResult = z.infer<typeof laneResultSchema>;

export const caseResultSchema = z.strictObject({ id: z.string(), title: z.string(), lanes: z.array(laneResultSchema) });
export type CaseResult = z.infer<typeof caseResultSchema>;

/** Where the processor time of the gateway goes while it serves the 1 KiB GET. */
export const profileSchema = z.strictObject({
  requests: z.number(),
  rows: z.array(z.strictObject({ group: z.string(), microsPerRequest: z.number() })),
});
export type Profile = z.infer<typeof profileSchema>;

/** A whole run: docs/performance.json. */
export const benchResultSchema = z.strictObject({
  at: z.iso.datetime(),
  machine: z.strictObject({
    processor: z.string(),
    cores: z.number(),
    memoryBytes: z.number(),
    system: z.string(),
  }),
  contenders: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      /** Absent: it was not there. */
      version: z.string().optional(),
      install: z.string(),
    }),
  ),
  load: z.string(),
  rounds: z.number(),
  seconds: z.number(),
  cases: z.array(caseResultSchema),
  profile: profileSchema.optional(),
});
export type BenchResult = z.infer<typeof benchResultSchema>;
