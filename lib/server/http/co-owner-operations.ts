import "server-only";
import { z } from "zod";
import { newCoOwnerSchema } from "../../model/co-owner.ts";
import type { Operation } from "./operation.ts";
import { noQuery } from "./query-parts.ts";

const coOwnerRepresentation = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    addedBy: z.string(),
    addedTime: z.string().meta({ description: "ISO 8601" }),
  })
  .meta({ id: "CoOwner" });

export const listCoOwnersOperation = {
  method: "GET",
  path: "/apis/{apiId}/co-owners",
  operationId: "listCoOwners",
  summary: "Who does with an API what its owner does",
  query: noQuery,
  answer: {
    status: 200,
    description: "At most 50 of them",
    body: z.strictObject({ count: z.int(), list: z.array(coOwnerRepresentation) }).meta({ id: "CoOwnerList" }),
  },
  errors: [403, 404],
} as const satisfies Operation;

export const addCoOwnerOperation = {
  method: "POST",
  path: "/apis/{apiId}/co-owners",
  operationId: "addCoOwner",
  summary: "Let somebody do with an API what its owner does, except deleting it, giving it away and choosing co-owners",
  query: noQuery,
  body: newCoOwnerSchema.meta({ id: "NewCoOwner" }),
  answer: { status: 201, description: "The co-owner", body: coOwnerRepresentation },
  errors: [400, 403, 404, 409, 413, 415],
} as const satisfies Operation;

export const removeCoOwnerOperation = {
  method: "DELETE",
  path: "/apis/{apiId}/co-owners/{userId}",
  operationId: "removeCoOwner",
  summary: "Take a co-owner from an API",
  query: noQuery,
  answer: { status: 200, description: "They are one no longer" },
  errors: [403, 404],
} as const satisfies Operation;

export const coOwnerOperations = [listCoOwnersOperation, addCoOwnerOperation, removeCoOwnerOperation] as const;
