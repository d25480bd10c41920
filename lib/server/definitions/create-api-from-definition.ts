import type { Api } from "../../model/api.ts";
import type { DefinitionSummary } from "../../model/definition-report.ts";
import { mergedOperations } from "../../model/merge-operations.ts";
import type { NewApi } from "../../model/new-api.ts";
import { createApi } from "../apis/create-api.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { type DefinitionInput, readInput, requireGood } from "./definition-input.ts";

/**
 * Creates an API from an OpenAPI document: its operations are those of the document, which is kept with it.
 * Problems: as of creating; invalid at `definition` and `url`, too-large.
 *
 * @param apiOf what the new API is like beside, knowing what its document says
 */
export async function createApiFromDefinition(
  context: ServerContext,
  input: DefinitionInput,
  apiOf: (summary: DefinitionSummary) => NewApi,
): Promise<Api> {
  requirePermission(context, "api.create");
  const { text, report } = await readInput(input);
  const summary = requireGood(report);
  const { operations } = mergedOperations([], summary.operations);
  return createApi(context, { ...apiOf(summary), operations, definition: { text, syntax: summary.syntax } });
}
