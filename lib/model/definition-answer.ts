import { z } from "zod";
import { definitionSyntaxes } from "./definition.ts";
import { definitionProblemSchema } from "./definition-report.ts";
import { operationMethods } from "./operation.ts";

/** An operation of a document as the REST API tells it. */
const definedOperation = z
  .strictObject({
    target: z.string(),
    verb: z.enum(operationMethods),
    summary: z.string(),
    authType: z.enum(["Application & Application User", "None"]),
  })
  .meta({ id: "DefinedOperation" });
export type ToldOperation = z.infer<typeof definedOperation>;

/** What the REST API answers to a document that is only looked at. */
export const definitionValidationSchema = z
  .strictObject({
    isValid: z.boolean(),
    content: z.string().nullable().meta({ description: "The document as it was read, with returnContent=true." }),
    info: z
      .strictObject({
        ...{ name: z.string(), version: z.string(), context: z.string(), description: z.string() },
        ...{ title: z.string(), openAPIVersion: z.string(), syntax: z.enum(definitionSyntaxes) },
        endpoints: z.array(z.string()).meta({ description: "Its servers." }),
        operations: z.array(definedOperation),
      })
      .nullable()
      .meta({ description: "What it says; null while it is not valid." }),
    errors: z.array(definitionProblemSchema).meta({ description: "What is wrong with it, and where." }),
  })
  .meta({ id: "OpenAPIDefinitionValidationResponse" });
export type DefinitionValidation = z.infer<typeof definitionValidationSchema>;

/** What the REST API answers to a document that replaced another, or would. */
export const definitionReplacementSchema = z
  .strictObject({
    revision: z.int(),
    isDryRun: z.boolean(),
    added: z.array(definedOperation),
    changed: z.array(definedOperation),
    removed: z.array(definedOperation),
    kept: z.int(),
  })
  .meta({ id: "DefinitionReplacement" });
export type DefinitionReplacement = z.infer<typeof definitionReplacementSchema>;
