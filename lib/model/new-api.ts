import { z } from "zod";
import { apiDescriptionSchema, apiDisplayNameSchema, apiTagsSchema } from "./api.ts";
import { apiContextSchema, apiNameSchema, apiVersionSchema } from "./api-naming.ts";
import { apiPropertiesSchema } from "./api-property.ts";
import { definitionTextSchema } from "./definition.ts";
import { endpointConfigSchema } from "./endpoint-config.ts";
import { endpointUrlSchema } from "./endpoint-url.ts";
import { operationsSchema } from "./operation.ts";
import { runtimeSettingsSchema } from "./runtime-settings.ts";

/**
 * What a publisher gives to create an API. `endpointUrl` is the short form of an endpoint configuration: it becomes the
 * production and the sandbox endpoint. With `publish` the API is live at once, which needs an endpoint.
 */
export const newApiSchema = z
  .strictObject({
    name: apiNameSchema,
    context: apiContextSchema,
    version: apiVersionSchema,
    displayName: apiDisplayNameSchema.optional(),
    description: apiDescriptionSchema.default(""),
    tags: apiTagsSchema.default([]),
    properties: apiPropertiesSchema.default([]),
    isDefaultVersion: z.boolean().default(false),
    apiKeyRequired: z.boolean().default(true),
    runtime: runtimeSettingsSchema.prefault({}),
    endpointUrl: endpointUrlSchema.optional(),
    endpointConfig: endpointConfigSchema.nullable().optional(),
    operations: operationsSchema.default([]),
    definition: definitionTextSchema.nullable().default(null),
    publish: z.boolean().default(false),
  })
  .superRefine((input, context) => {
    if (input.endpointUrl !== undefined && input.endpointConfig) {
      context.addIssue({
        code: "custom",
        path: ["endpointUrl"],
        message: "Give one endpoint URL or an endpoint configuration, not both.",
      });
    }
    if (input.publish && input.endpointUrl === undefined && !input.endpointConfig) {
      context.addIssue({
        code: "custom",
        path: [input.endpointConfig === undefined ? "endpointUrl" : "endpointConfig"],
        message: "Publishing needs an endpoint: enter its URL, for example https://backend.example.com/api.",
      });
    }
  });
/** As it is given, before defaults are filled in. */
export type NewApi = z.input<typeof newApiSchema>;

/** What a publisher gives to create a new version of an API. */
export const newApiVersionSchema = z.strictObject({
  version: apiVersionSchema,
  isDefaultVersion: z.boolean().default(false),
});
export type NewApiVersion = z.input<typeof newApiVersionSchema>;
