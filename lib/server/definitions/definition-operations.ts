import {
  type DefinedOperation,
  type DefinitionProblem,
  mostDefinitionProblems,
} from "../../model/definition-report.ts";
import { mostOperations, operationMethods, operationPathSchema, pathTemplate } from "../../model/operation.ts";
import { isRecord } from "../../model/wso2-value.ts";
import { referenced } from "./definition-references.ts";
import type { DefinitionSource, ValuePath } from "./definition-source.ts";

const maxSummary = 250;

type ReadOperations = { operations: DefinedOperation[]; problems: DefinitionProblem[] };

/**
 * The operations of a document, in its order, and which of them cannot be: gateways match templates, so two paths that
 * differ only in the names of their parameters are the same one.
 */
export function readOperations({ value, problemAt }: DefinitionSource): ReadOperations {
  const read: ReadOperations = { operations: [], problems: [] };
  const paths = isRecord(value) && isRecord(value.paths) ? value.paths : {};
  const templates = new Map<string, string>();
  const ids = new Map<string, string>();
  const refuse = (path: ValuePath, message: string) => {
    if (read.problems.length < mostDefinitionProblems) read.problems.push(problemAt(path, message));
  };
  for (const [path, item] of Object.entries(paths)) {
    if (!path.startsWith("/")) continue; // An extension; the schema refuses everything else.
    const template = pathTemplate(path);
    const other = templates.get(template);
    if (other !== undefined) refuse(["paths", path], `${path} is the same path as ${other}: only names differ.`);
    templates.set(template, path);
    const unservable = operationPathSchema.safeParse(path).error?.issues[0];
    if (unservable)
      refuse(
        ["paths", path],
        `${path.length > 120 ? `${path.slice(0, 117)}…` : path} cannot be served: ${unservable.message}`,
      );
    const target = isRecord(item) && typeof item.$ref === "string" ? referenced(value, item.$ref) : item;
    for (const [key, method, operation] of methodsOf(target)) {
      const secured = operation["x-auth-type"] !== "None";
      read.operations.push({ method, path, summary: summaryOf(operation), secured });
      const id = operation.operationId;
      const holder = typeof id === "string" ? ids.get(id) : undefined;
      if (holder !== undefined) {
        refuse(["paths", path, key, "operationId"], `The operationId ${String(id)} is that of ${holder} already.`);
      }
      if (typeof id === "string") ids.set(id, `${method} ${path}`);
    }
  }
  if (read.operations.length > mostOperations) {
    const message = `An API has at most ${mostOperations.toLocaleString("en-US")} operations; these are ${read.operations.length}.`;
    read.problems.unshift(problemAt(["paths"], message));
  }
  return read;
}

function methodsOf(item: unknown): [string, DefinedOperation["method"], Record<string, unknown>][] {
  if (!isRecord(item)) return [];
  return Object.entries(item).flatMap(([key, operation]) => {
    const method = methods.get(key);
    return method && isRecord(operation) ? [[key, method, operation]] : [];
  });
}

/** By how documents write them. */
const methods = new Map(operationMethods.map((method) => [method.toLowerCase(), method]));

/** Its summary, or else the first line of its description. */
function summaryOf({ summary, description }: Record<string, unknown>): string {
  const text = typeof summary === "string" && summary.trim() !== "" ? summary : description;
  if (typeof text !== "string") return "";
  const line = text.trim().split("\n", 1)[0]?.trim() ?? "";
  return line.length > maxSummary ? `${line.slice(0, maxSummary - 1)}…` : line;
}
