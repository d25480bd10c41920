import type { DefinitionText } from "../../model/definition.ts";
import { type DefinitionReport, problemInLine } from "../../model/definition-report.ts";
import { generatedDefinition } from "../../model/generated-definition.ts";
import type { ImportLine } from "../../model/import-report.ts";
import { operationMethods } from "../../model/operation.ts";
import { isRecord } from "../../model/wso2-value.ts";
import { left, taken, textOf } from "./import-lines.ts";
import { isEveryOperation, isSecured, writeFile } from "./project-files.ts";
import type { Project } from "./read-project.ts";

type Values = Record<string, unknown>;

/** What is added to the API that is created or changed; null: it has none of its own. */
export type PlannedDefinition = { definition?: DefinitionText | null };

/**
 * The OpenAPI document of a project. One that an export made up, because the API has none, is none when it comes back; one
 * with mistakes stays behind, so that the API comes in all the same.
 */
export function planDefinition(
  { definition }: Project,
  data: Values,
  report: DefinitionReport | undefined,
  lines: ImportLine[],
): PlannedDefinition {
  if (!definition || !report) return {};
  const { file, text, syntax } = definition;
  if (text === writeFile(generatedDefinition(describedBy(data)), syntax)) return { definition: null };
  if (report.ok) {
    lines.push(taken("API definition", `${file}, ${report.summary.specification}`));
    return { definition: { text, syntax } };
  }
  const [first] = report.problems;
  const reason = `It has mistakes. ${first ? problemInLine(first) : ""} Mend it under API Definition.`;
  lines.push(left("API definition", file, reason));
  return {};
}

/** What an export of ours makes a document of, as far as a project says it. */
function describedBy(data: Values): Parameters<typeof generatedDefinition>[0] {
  const listed = Array.isArray(data.operations) && !isEveryOperation(data.operations) ? data.operations : [];
  const operations = listed.flatMap((operation: unknown) => {
    if (!isRecord(operation)) return [];
    const method = operationMethods.find((known) => known === operation.verb);
    if (method === undefined) return [];
    const secured = isSecured(operation);
    return [{ method, path: textOf(operation.target), secured, rateTier: null, summary: textOf(operation.summary) }];
  });
  const displayName = textOf(data.displayName);
  return { displayName, version: textOf(data.version), description: textOf(data.description), operations };
}
