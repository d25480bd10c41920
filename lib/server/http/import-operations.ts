import "server-only";
import { z } from "zod";
import { importOutcomes } from "../../model/import-report.ts";
import { appliedRepresentation } from "./automation-operations.ts";
import type { Operation } from "./operation.ts";
import { booleanWord, commentQuery } from "./query-parts.ts";

const importLineRepresentation = z.strictObject({
  outcome: z.enum(importOutcomes),
  subject: z.string(),
  detail: z.string().meta({ description: "What it says, or what it becomes." }),
  reason: z.string().meta({ description: "Why it is changed or left behind; empty where it is taken." }),
});

const importedRepresentation = appliedRepresentation
  .extend({
    context: z.string(),
    form: z.enum(["4.x", "3.x"]).meta({ description: "Which tools write such projects." }),
    environments: z.array(z.string()).meta({ description: "Environments that params.yaml has values for." }),
    environment: z.string().nullable().meta({ description: "Whose values are taken; null: those of the API itself." }),
    lines: z.array(importLineRepresentation).meta({ description: "What is taken, changed and left behind." }),
  })
  .meta({ id: "ImportedAPI" });
export type ImportedRepresentation = z.infer<typeof importedRepresentation>;

const choice = z.string().max(300).optional();

export const importApiOperation = {
  method: "POST",
  path: "/apis/import",
  operationId: "importAPI",
  summary: "Create or replace an API out of a project of apictl 4.x, or an export of API Manager 3.x and API Cloud",
  query: z.object({
    dryRun: booleanWord
      .default("false")
      .meta({ description: "true: nothing is written; a refusal is told in the answer as well." }),
    overwrite: booleanWord
      .default("false")
      .meta({ description: "true: an API of this name and version is replaced; otherwise it is a conflict." }),
    preserveProvider: booleanWord
      .default("false")
      .meta({ description: "Is not looked at: the API belongs to whoever imports it." }),
    environment: choice.meta({ description: "Whose values of params.yaml stand in place of the API's own." }),
    name: choice.meta({ description: "In place of the project's." }),
    version: choice.meta({ description: "In place of the project's." }),
    context: choice.meta({ description: "In place of the project's." }),
    comment: commentQuery,
  }),
  upload: true,
  answer: { status: 200, description: "What became of it", body: importedRepresentation },
  errors: [400, 403, 409, 413, 415],
} as const satisfies Operation;
