import { z } from "zod";
import { gatewayFiguresSchema } from "@/lib/model/gateway-report.ts";
import { lifecycleStates } from "@/lib/model/lifecycle.ts";

/** What the polled routes answer, as JSON: dates are read back from their texts. */
export const apiLiveStateSchema = z.object({
  lifecycleState: z.enum(lifecycleStates),
  revision: z.number(),
  gateways: z.array(
    z.object({
      id: z.string(),
      host: z.string(),
      version: z.string(),
      live: z.boolean(),
      gone: z.boolean(),
      runningRevision: z.number().nullable(),
      refusedReason: z.string().optional(),
      appliedAt: z.coerce.date(),
      lastSeenAt: z.coerce.date(),
    }),
  ),
});
export type ApiLiveState = z.infer<typeof apiLiveStateSchema>;
export type ApiOnGateway = ApiLiveState["gateways"][number];

export const gatewayListSchema = z.object({
  configRevision: z.number(),
  gateways: z.array(
    z.object({
      id: z.string(),
      host: z.string(),
      version: z.string(),
      startedAt: z.coerce.date(),
      appliedRevision: z.number(),
      appliedAt: z.coerce.date(),
      lastSeenAt: z.coerce.date(),
      gone: z.boolean(),
      refusedApis: z.array(z.object({ id: z.string(), name: z.string(), revision: z.number(), reason: z.string() })),
      figures: gatewayFiguresSchema.optional(),
    }),
  ),
});
export type GatewayList = z.infer<typeof gatewayListSchema>;
export type GatewayLine = GatewayList["gateways"][number];
