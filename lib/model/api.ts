import { z } from "zod";
import { apiContextSchema, apiNameSchema, apiVersionSchema } from "./api-naming.ts";
import { apiPropertiesSchema } from "./api-property.ts";
import { definitionReferenceSchema } from "./definition.ts";
import { endpointConfigSchema } from "./endpoint-config.ts";
import { lifecycleStates } from "./lifecycle.ts";
import { operationsSchema } from "./operation.ts";
import { runtimeSettingsSchema } from "./runtime-settings.ts";

export const apiDisplayNameSchema = z
  .string()
  .trim()
  .min(1, "Enter a display name.")
  .max(120, "A display name has at most 120 characters.");

export const apiDescriptionSchema = z.string().max(32_766, "A description has at most 32,766 characters.");

export const apiTagsSchema = z
  .array(
    z
      .string()
      .trim()
      .min(1, "A tag cannot be empty.")
      .max(30, "A tag has at most 30 characters.")
      .regex(/^[^~!@#;%^*()+={}|<>"',]*$/, "A tag has none of ~ ! @ # ; % ^ * ( ) + = { } | < > \" ' ,"),
  )
  .max(20, "At most 20 tags.")
  .transform((tags) => [...new Set(tags)]);

/**
 * The document of an API: everything a publisher saves as one revision. `revision` numbers of the installation count
 * all changes, so an API's revisions grow but have gaps.
 */
export const apiDocumentSchema = z.strictObject({
  name: apiNameSchema,
  version: apiVersionSchema,
  context: apiContextSchema,
  displayName: apiDisplayNameSchema,
  description: apiDescriptionSchema,
  tags: apiTagsSchema,
  /** What is known of it beside its settings, to be found by. */
  properties: apiPropertiesSchema.default([]),
  isDefaultVersion: z.boolean(),
  lifecycleState: z.enum(lifecycleStates),
  /** API-key security on or off. Off: anybody who reaches the gateway can call. */
  apiKeyRequired: z.boolean(),
  runtime: runtimeSettingsSchema.prefault({}),
  /** null while no endpoint is configured. */
  endpointConfig: endpointConfigSchema.nullable(),
  /** What it consists of; empty where nobody said. */
  operations: operationsSchema.default([]),
  /** Its OpenAPI document; null while it has none of its own. */
  definition: definitionReferenceSchema.nullable().default(null),
});
export type ApiDocument = z.infer<typeof apiDocumentSchema>;

/** An API with what the installation knows of it. */
export type Api = ApiDocument & {
  id: string;
  owner: { id: string; name: string; email: string };
  /** Who does with it what its owner does, except deleting it, giving it away and choosing co-owners. */
  coOwnerIds: readonly string[];
  /** Number of this document: the ETag, and what a gateway reports as the API's revision. */
  revision: number;
  createdAt: Date;
  updatedAt: Date;
};

/** A line of a list of APIs. */
export type ApiSummary = Omit<
  Api,
  | "coOwnerIds"
  | "description"
  | "endpointConfig"
  | "tags"
  | "properties"
  | "apiKeyRequired"
  | "runtime"
  | "operations"
  | "definition"
> & {
  endpointType: EndpointType;
};

export const endpointTypes = ["none", "single", "load-balance", "failover", "tiered"] as const;
/** Kind of the endpoint configuration, "none" while there is none. */
export type EndpointType = (typeof endpointTypes)[number];
