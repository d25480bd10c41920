import { z } from "zod";
import { apiDescriptionSchema, apiDisplayNameSchema, apiTagsSchema } from "./api.ts";
import { apiContextSchema, apiNameSchema, apiVersionSchema } from "./api-naming.ts";
import { apiPropertiesSchema } from "./api-property.ts";
import { definitionTextSchema } from "./definition.ts";
import { endpointConfigSchema } from "./endpoint-config.ts";
import { operationsSchema } from "./operation.ts";
import { runtimeChangesSchema } from "./runtime-settings.ts";

/**
 * What a save may change of an API; what is absent stays. Name, version and context may be there, so that a whole
 * document can be sent back, but must be what they are: they are the API's identity at the gateway.
 */
export const apiChangesSchema = z.strictObject({
  name: apiNameSchema.optional(),
  version: apiVersionSchema.optional(),
  context: apiContextSchema.optional(),
  displayName: apiDisplayNameSchema.optional(),
  description: apiDescriptionSchema.optional(),
  tags: apiTagsSchema.optional(),
  properties: apiPropertiesSchema.optional(),
  isDefaultVersion: z.boolean().optional(),
  apiKeyRequired: z.boolean().optional(),
  runtime: runtimeChangesSchema.optional(),
  endpointConfig: endpointConfigSchema.nullable().optional(),
  operations: operationsSchema.optional(),
  definition: definitionTextSchema.nullable().optional(),
});
/** As it is given, before defaults are filled in. */
export type ApiChanges = z.input<typeof apiChangesSchema>;
