import { z } from "zod";

/** Stored APIs that a gateway could not take, as it reports them. */
export const refusedApisSchema = z.array(
  z.strictObject({ id: z.string(), name: z.string(), revision: z.number().int(), reason: z.string() }),
);

/** A gateway that has not reported for this long counts as gone, ms. It reports every {@link gatewayReportIntervalMs}. */
export const gatewayGoneAfterMs = 20_000;
export const gatewayReportIntervalMs = 5_000;

/** Most APIs with endpoints that are not ready that a gateway names. */
export const maxUnreadyApis = 1_000;

const count = z.number().int().nonnegative();

/** How a gateway process is, as it reports it. A later version may tell more. */
export const gatewayFiguresSchema = z.object({
  /** Threads that serve traffic. */
  workers: count,
  /** Memory that the process has of the machine, bytes. */
  memoryBytes: count,
  /** Requests answered, in the seconds before the report. */
  requestsPerSecond: z.number().nonnegative(),
  /** 99 of 100 of them were answered within this, ms; null: there were none. */
  p99Ms: z.number().nonnegative().nullable(),
  /** Endpoints that are suspended, timed out, found down or off, in every API that is served. */
  unreadyEndpoints: count,
  /** The APIs they are of, at most {@link maxUnreadyApis}. */
  unreadyApis: z.array(z.object({ id: z.string(), endpoints: count })),
  /** The last configuration that could not be loaded at all, unless one was loaded since. */
  reloadError: z.object({ at: z.iso.datetime(), message: z.string() }).nullable(),
});
export type GatewayFigures = z.infer<typeof gatewayFiguresSchema>;

/** What a gateway process says of itself. */
export const gatewayReportSchema = z.strictObject({
  id: z.string(),
  host: z.string(),
  version: z.string(),
  startedAt: z.date(),
  appliedRevision: z.number().int(),
  appliedAt: z.date(),
  refusedApis: refusedApisSchema,
  figures: gatewayFiguresSchema.optional(),
});
export type GatewayReport = z.infer<typeof gatewayReportSchema>;
