import "server-only";
import { z } from "zod";
import { apiStatisticsSchema, statisticsWindows } from "../../model/api-statistics.ts";
import { requestLineSchema } from "../../model/request-line.ts";
import type { Operation } from "./operation.ts";
import { noQuery } from "./query-parts.ts";

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

export const listFailuresOperation = {
  method: "GET",
  path: "/apis/{apiId}/failures",
  operationId: "listAPIFailures",
  summary: "The last 100 failed requests, each with its reason, kept for a week",
  query: noQuery,
  answer: {
    status: 200,
    description: "The failures, newest first",
    body: z
      .strictObject({
        count: z.int(),
        list: z.array(requestLineSchema),
        answered: z.int().meta({ description: "Gateways that answered." }),
        silent: z.array(z.string()).meta({ description: "Hosts of gateways that did not answer in time." }),
      })
      .meta({ id: "APIFailureList" }),
  },
  errors: [400, 403, 404],
} as const satisfies Operation;
