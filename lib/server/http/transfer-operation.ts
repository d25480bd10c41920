import "server-only";
import { transferSchema } from "../../model/transfer.ts";
import { apiRepresentation } from "./api-representation.ts";
import type { Operation } from "./operation.ts";
import { noQuery } from "./query-parts.ts";

export const transferApiOperation = {
  method: "POST",
  path: "/apis/{apiId}/transfer",
  operationId: "transferApi",
  summary: "Give an API to another publisher or administrator",
  query: noQuery,
  body: transferSchema.meta({ id: "Transfer" }),
  answer: { status: 200, description: "The API, with its new provider", body: apiRepresentation },
  errors: [400, 403, 404, 413, 415],
} as const satisfies Operation;
