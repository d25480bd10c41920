import "server-only";
import { z } from "zod";
import { apiRepresentation } from "./api-representation.ts";
import type { Operation } from "./operation.ts";
import { noQuery } from "./query-parts.ts";

export const listDeletedApisOperation = {
  method: "GET",
  path: "/apis/deleted",
  operationId: "listDeletedApis",
  summary: "APIs that can be brought back, the newest first: yours; all of them for an administrator",
  query: noQuery,
  answer: {
    status: 200,
    description: "At most 500 of them",
    body: z
      .strictObject({
        count: z.int(),
        list: z.array(
          z.strictObject({
            id: z.string(),
            name: z.string(),
            version: z.string(),
            context: z.string(),
            provider: z.string(),
            deletedBy: z.string(),
            deletedTime: z.string().meta({ description: "ISO 8601" }),
            restorableUntil: z.string().meta({ description: "ISO 8601; it is gone for good from then on" }),
          }),
        ),
      })
      .meta({ id: "DeletedAPIList" }),
  },
  errors: [403],
} as const satisfies Operation;

export const restoreDeletedApiOperation = {
  method: "POST",
  path: "/apis/deleted/{apiId}/restore",
  operationId: "restoreDeletedApi",
  summary: "Bring a deleted API back with its keys, certificates, documents and history",
  query: noQuery,
  answer: { status: 200, description: "The API, as it was", body: apiRepresentation },
  errors: [400, 403, 404, 409],
} as const satisfies Operation;

export const deletedApiOperations = [listDeletedApisOperation, restoreDeletedApiOperation] as const;
