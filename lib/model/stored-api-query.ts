import { z } from "zod";
import { endpointTypes } from "./api.ts";
import { apiListRequestSchema } from "./api-query.ts";
import { lifecycleStates } from "./lifecycle.ts";

/** What administrators filter stored APIs by. Everything given has to hold. */
export const storedApiFilterSchema = z.strictObject({
  ownerId: z.string().min(1).max(64).optional(),
  state: z.enum(lifecycleStates).optional(),
  endpointType: z.enum(endpointTypes).optional(),
  /** How the context begins. */
  context: z.string().min(1).max(200).optional(),
  /** On gateways by its state, but one of them has another revision, refuses it, or there is none at all. */
  notLive: z.boolean().optional(),
  /** With an endpoint that a gateway reports as suspended, timed out, found down or off. */
  endpointsNotReady: z.boolean().optional(),
});
export type StoredApiFilter = z.infer<typeof storedApiFilterSchema>;

/** A page of stored APIs. */
export const storedApiRequestSchema = apiListRequestSchema.extend({ filter: storedApiFilterSchema.default({}) });
export type StoredApiRequest = z.input<typeof storedApiRequestSchema>;
