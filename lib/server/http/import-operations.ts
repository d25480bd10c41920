import "server-only";
import { z } from "zod";
import { importReportSchema } from "../../model/import-report.ts";
import { appliedRepresentation } from "./automation-operations.ts";
import type { Operation } from "./operation.ts";
import { booleanWord, commentQuery } from "./query-parts.ts";

const importedRepresentation = appliedRepresentation.extend(importReportSchema.shape).meta({ id: "ImportedAPI" });
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
