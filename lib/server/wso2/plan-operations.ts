import type { DefinitionReport } from "../../model/definition-report.ts";
import type { ImportLine } from "../../model/import-report.ts";
import { operationMethods } from "../../model/operation.ts";
import { unlimitedTier } from "../../model/rate-limit.ts";
import { isRecord } from "../../model/wso2-value.ts";
import { left, taken, textOf } from "./import-lines.ts";
import type { ImportSurroundings } from "./plan-import.ts";
import { isEveryOperation, isSecured } from "./project-files.ts";

/** A project that lists none has those of its OpenAPI document. */
function ofDefinition(definition: DefinitionReport | undefined, lines: ImportLine[]): unknown[] {
  if (!definition?.ok || definition.summary.operations.length === 0) return [];
  const { operations } = definition.summary;
  lines.push(taken("Operations", `${operations.length}, of the API definition`));
  return operations.map(({ method, path, summary, secured }) => ({
    ...{ target: path, verb: method, authType: secured ? undefined : "None", summary },
  }));
}

/**
 * The operations as REST takes them, and lines about them. Those that an export of ours made up, because the API names
 * none, are none; what is no request of HTTP stays behind, and so does a limit that is not here.
 */
export function planOperations(
  { operations }: Record<string, unknown>,
  { rateTiers, definition }: Pick<ImportSurroundings, "rateTiers" | "definition">,
  lines: ImportLine[],
): unknown {
  if (!Array.isArray(operations) || operations.length === 0) return ofDefinition(definition, lines);
  if (isEveryOperation(operations)) return [];
  const foreign = new Set<string>();
  const unknownLimits = new Set<string>();
  const list = operations.flatMap((operation: unknown) => {
    if (!isRecord(operation)) return [operation];
    const verb = textOf(operation.verb).toUpperCase();
    if (!operationMethods.some((method) => method === verb)) {
      foreign.add(`${verb} ${textOf(operation.target)}`);
      return [];
    }
    const limit = textOf(operation.throttlingPolicy);
    const isKnown = limit === "" || limit === unlimitedTier || rateTiers.includes(limit);
    if (!isKnown) unknownLimits.add(limit);
    const { target, summary } = operation;
    return [
      {
        ...{ target, verb, authType: isSecured(operation) ? "Any" : "None" },
        ...(isKnown && limit !== "" && { throttlingPolicy: limit }),
        ...(summary !== undefined && { summary }),
      },
    ];
  });
  if (list.length > 0) lines.push(taken("Operations", list.length === 1 ? "1" : String(list.length)));
  if (foreign.size > 0)
    lines.push(left("Operations", [...foreign].slice(0, 5).join(", "), "They are no requests of HTTP."));
  if (unknownLimits.size > 0) {
    const reason = "There are no such rate limits here. An administrator can add them; until then there is no limit.";
    lines.push(left("Rate limits of operations", [...unknownLimits].join(", "), reason));
  }
  return list;
}

/** WSO2's gateways serve the operations of an API and nothing else; ours do so where the API says it. */
export function planStrictness(
  data: Record<string, unknown>,
  operations: unknown,
  ownFields: readonly string[],
  lines: ImportLine[],
): Record<string, unknown> {
  const isUnsaid = ownFields.includes("onlyOperations") && data.onlyOperations === undefined;
  if (!isUnsaid || !Array.isArray(operations) || operations.length === 0) return {};
  lines.push(taken("Only these operations", "Everything else is answered with 404 or 405, as by WSO2's gateways"));
  return { onlyOperations: true };
}
