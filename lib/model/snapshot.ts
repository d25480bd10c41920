import { z } from "zod";
import { apiContextSchema, apiNameSchema, apiVersionSchema } from "./api-naming.ts";
import { snapshotCertificateSchema } from "./endpoint-certificate.ts";
import { endpointConfigSchema, keyTypes } from "./endpoint-config.ts";
import { endpointSwitchSchema } from "./endpoint-switch.ts";
import { lifecycleStates } from "./lifecycle.ts";
import { mostOperations, operationSchema } from "./operation.ts";
import { runtimeSettingsSchema } from "./runtime-settings.ts";

/** A tier as gateways count it: so many requests in any window of so many ms. */
const rateLimitSchema = z.strictObject({
  tier: z.string(),
  requests: z.number().int().min(1),
  windowMs: z.number().min(1),
});
export type RateLimit = z.infer<typeof rateLimitSchema>;

/** One operation as gateways serve it. */
const snapshotOperationSchema = operationSchema
  .pick({ method: true, path: true, secured: true })
  .extend({ rateLimit: rateLimitSchema.optional() });
export type SnapshotOperation = z.infer<typeof snapshotOperationSchema>;

/** One API as the gateway needs it. */
export const snapshotApiSchema = z.strictObject({
  id: z.string(),
  name: apiNameSchema,
  version: apiVersionSchema,
  context: apiContextSchema,
  isDefaultVersion: z.boolean(),
  lifecycleState: z.enum(lifecycleStates),
  apiKeyRequired: z.boolean(),
  /** Absent: all of them are at their defaults. */
  runtime: runtimeSettingsSchema.optional(),
  /** What `runtime.rateTier` means; absent: no limit. */
  rateLimit: rateLimitSchema.optional(),
  /** Absent: they change nothing for requests. */
  operations: z.array(snapshotOperationSchema).max(mostOperations).optional(),
  /** What `runtime.jwt.consumer.rateTier` means; absent: no limit. */
  consumerRateLimit: rateLimitSchema.optional(),
  endpointConfig: endpointConfigSchema.nullable(),
  revision: z.number().int(),
  /** Endpoints that somebody switched off or is draining; the others are on. */
  switches: z.array(endpointSwitchSchema).default([]),
  /** For TLS to its endpoints; absent: there are none. */
  certificates: z.array(snapshotCertificateSchema).optional(),
  /** Whether changes of it are guarded, for which its requests are counted by revision. */
  watched: z.boolean().optional(),
  keys: z.array(
    z.strictObject({
      id: z.string(),
      hash: z.string().length(64),
      keyType: z.enum(keyTypes),
      expiresAtMs: z.number().nullable(),
      /** Absent: no limit. A key that is being rotated is here twice, and counts once. */
      rateLimit: rateLimitSchema.optional(),
    }),
  ),
});
export type SnapshotApi = z.infer<typeof snapshotApiSchema>;

/** A stored API that is no valid {@link SnapshotApi}: it alone is left out, with the reason. */
export type RefusedApi = { id: string; name: string; revision: number; reason: string };

/** All that a gateway serves at one revision of the installation. Only PUBLISHED, DEPRECATED and BLOCKED APIs. */
export type Snapshot = { revision: number; apis: readonly SnapshotApi[]; refused: readonly RefusedApi[] };

/** What changed between two revisions: APIs to put in (or replace), and ids to take out. */
export type SnapshotChanges = {
  revision: number;
  upserts: readonly SnapshotApi[];
  removedIds: readonly string[];
  refused: readonly RefusedApi[];
};
