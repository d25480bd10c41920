import { type DefinitionProblem, mostDefinitionProblems } from "../../model/definition-report.ts";
import { isRecord } from "../../model/wso2-value.ts";
import type { DefinitionSource } from "./definition-source.ts";

/** Values of one document once its aliases are followed: a document of 10 MiB has less, a billion laughs have more. */
const maxValues = 2_000_000;
/** Deeper than any text may nest: only an alias that stands inside of what it means gets there. */
const maxDepth = 150;

type Reference = { path: (string | number)[]; target: string };

/**
 * What is wrong with the references of a document, and with its size once its aliases are followed: nobody may walk the
 * document before. References to itself are legal, also where a schema uses itself; what lies elsewhere is not fetched.
 */
export function referenceProblems({ value, problemAt }: DefinitionSource): DefinitionProblem[] {
  const found: Reference[] = [];
  const anchors = new Set<string>();
  const excess = collect(value, { found, anchors });
  if (excess) return [problemAt(excess.path, excess.message)];
  const problems: DefinitionProblem[] = [];
  const known = new Map<string, unknown>();
  for (const { path, target } of found) {
    const message = problemOf(value, target, anchors, known);
    if (message !== undefined) problems.push(problemAt([...path, "$ref"], message));
    if (problems.length === mostDefinitionProblems) break;
  }
  return problems;
}

/**
 * What a reference within a document means; undefined: nothing. Follows references to references, each once.
 *
 * @param known references that were followed before, with what they mean: chains of them are long in no document but a trap
 */
export function referenced(root: unknown, target: string, known = new Map<string, unknown>()): unknown {
  const seen = new Set<string>();
  let meaning: unknown;
  for (let at = target; at.startsWith("#") && !seen.has(at); ) {
    if (known.has(at)) {
      meaning = known.get(at);
      break;
    }
    seen.add(at);
    const value = pointedAt(root, at);
    if (!isRecord(value) || typeof value.$ref !== "string") {
      meaning = value;
      break;
    }
    at = value.$ref;
  }
  for (const each of seen) known.set(each, meaning);
  return meaning;
}

function problemOf(
  root: unknown,
  target: string,
  anchors: ReadonlySet<string>,
  known: Map<string, unknown>,
): string | undefined {
  const shown = target.length > 120 ? `${target.slice(0, 117)}…` : target;
  if (!target.startsWith("#")) {
    return `${shown} lies outside of this document, and references are not fetched. Bundle the document into one file first.`;
  }
  if (anchors.has(target.slice(1))) return undefined;
  if (pointedAt(root, target) === undefined) return `${shown} refers to nothing in this document.`;
  if (referenced(root, target, known) === undefined)
    return `${shown} leads nowhere: in the end it refers to itself, or to nothing.`;
  return undefined;
}

/** RFC 6901 in a fragment of a URI: percent-encoded, with ~1 for a slash and ~0 for a tilde. */
function pointedAt(root: unknown, target: string): unknown {
  const pointer = decoded(target.slice(1));
  if (pointer === "") return root;
  if (!pointer?.startsWith("/")) return undefined;
  let value = root;
  for (const step of pointer.slice(1).split("/")) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(value)) value = /^\d+$/.test(key) ? value[Number(key)] : undefined;
    else if (isRecord(value) && Object.hasOwn(value, key)) value = value[key];
    else return undefined;
  }
  return value;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // A percent sign without two digits behind it: no pointer.
  }
}

type Excess = { path: (string | number)[]; message: string };

function collect(root: unknown, into: { found: Reference[]; anchors: Set<string> }): Excess | undefined {
  const path: (string | number)[] = [];
  let values = 0;
  const walk = (value: unknown, part: Part): Excess | undefined => {
    values += 1;
    if (values > maxValues) {
      const message = `With its aliases followed this document has more than ${maxValues.toLocaleString("en-US")} values.`;
      return { path: path.slice(0, 3), message };
    }
    if (path.length > maxDepth) {
      return { path: path.slice(0, 3), message: "An alias stands inside of what it means, so this never ends." };
    }
    if (typeof value !== "object" || value === null) return undefined;
    if (part === "document" && isRecord(value)) note(value, path, into);
    for (const [key, child] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
      path.push(key);
      const excess = walk(child, partOf(key, part));
      path.pop();
      if (excess) return excess;
    }
    return undefined;
  };
  return walk(root, "document");
}

/** Data are examples and extensions, where a $ref is no reference; names are maps whose keys the author chose. */
type Part = "document" | "names" | "data";

function partOf(key: string | number, part: Part): Part {
  if (part === "data") return "data";
  if (part === "names" || typeof key === "number") return "document";
  if (/^(properties|patternProperties|\$defs)$/.test(key)) return "names";
  return /^(example|default|enum|const|value|x-.*)$/.test(key) ? "data" : "document";
}

function note(
  value: Record<string, unknown>,
  path: readonly (string | number)[],
  { found, anchors }: { found: Reference[]; anchors: Set<string> },
): void {
  if (typeof value.$ref === "string") found.push({ path: [...path], target: value.$ref });
  for (const anchor of [value.$anchor, value.$dynamicAnchor]) if (typeof anchor === "string") anchors.add(anchor);
}
