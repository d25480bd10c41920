import "server-only";
import { z } from "zod";
import { apiStatisticsSchema, statisticsWindows } from "../../model/api-statistics.ts";
import type { Operation } from "./operation.ts";

export const getStatisticsOperation = {
  method: "GET",
  path: "/apis/{apiId}/statistics",
  operationId: "getAPIStatistics",
  summary: "Requests, errors, latency, share of each endpoint and changes of state, of the last hour or day",
  query: z.object({
    window: z
      .enum(statisticsWindows, { error: "window is hour or day." })
      .default("hour")
      .meta({ description: "The last hour by minutes, or the last day by quarters of an hour." }),
  }),
  answer: {
    status: 200,
    description: "What all gateways counted; they write it down every ten seconds",
    body: apiStatisticsSchema.meta({ id: "APIStatistics" }),
  },
  errors: [400, 403, 404],
} as const satisfies Operation;
