import { z } from "zod";

/** Stored APIs that a gateway could not take, as it reports them. */
export const refusedApisSchema = z.array(
  z.strictObject({ id: z.string(), name: z.string(), revision: z.number().int(), reason: z.string() }),
);

/** A gateway that has not reported for this long counts as gone, ms. It reports every {@link gatewayReportIntervalMs}. */
export const gatewayGoneAfterMs = 20_000;
export const gatewayReportIntervalMs = 5_000;

/** What a gateway process says of itself. */
export const gatewayReportSchema = z.strictObject({
  id: z.string(),
  host: z.string(),
  version: z.string(),
  startedAt: z.date(),
  appliedRevision: z.number().int(),
  appliedAt: z.date(),
  refusedApis: refusedApisSchema,
});
export type GatewayReport = z.infer<typeof gatewayReportSchema>;
