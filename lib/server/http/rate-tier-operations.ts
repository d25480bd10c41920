import "server-only";
import { z } from "zod";
import { rateTierSchema } from "../../model/rate-limit.ts";
import type { Operation } from "./operation.ts";
import { noQuery } from "./query-parts.ts";

const rateTierInput = rateTierSchema.meta({
  id: "RateLimit",
  description: "So many requests in any window of so many seconds, which APIs and keys are given by its name.",
});

const rateTierRepresentation = rateTierSchema
  .extend({
    apis: z.int().meta({ description: "APIs that have it." }),
    keys: z.int().meta({ description: "Keys that have it." }),
  })
  .meta({ id: "RateLimitInUse" });

export const listRateTiersOperation = {
  method: "GET",
  path: "/rate-limits",
  operationId: "listRateLimits",
  summary: "The rate limits that APIs and keys can be given; Unlimited is always there",
  query: noQuery,
  answer: {
    status: 200,
    description: "The rate limits",
    body: z.strictObject({ count: z.int(), list: z.array(rateTierRepresentation) }).meta({ id: "RateLimitList" }),
  },
  errors: [],
} as const satisfies Operation;

export const createRateTierOperation = {
  method: "POST",
  path: "/rate-limits",
  operationId: "createRateLimit",
  summary: "Add a rate limit",
  query: noQuery,
  body: rateTierInput,
  answer: { status: 201, description: "The rate limit", body: rateTierInput },
  errors: [400, 403, 409, 413, 415],
} as const satisfies Operation;

export const updateRateTierOperation = {
  method: "PUT",
  path: "/rate-limits/{name}",
  operationId: "updateRateLimit",
  summary: "Change what a rate limit allows, for every API and key that has it",
  query: noQuery,
  body: rateTierInput,
  answer: { status: 200, description: "The rate limit", body: rateTierInput },
  errors: [400, 403, 404, 413, 415],
} as const satisfies Operation;

export const deleteRateTierOperation = {
  method: "DELETE",
  path: "/rate-limits/{name}",
  operationId: "deleteRateLimit",
  summary: "Take a rate limit away that nobody has",
  query: noQuery,
  answer: { status: 200, description: "It is gone" },
  errors: [403, 404, 409],
} as const satisfies Operation;

export const rateTierOperations: readonly Operation[] = [
  listRateTiersOperation,
  createRateTierOperation,
  updateRateTierOperation,
  deleteRateTierOperation,
];
