import {
  CORE_SCHEMA,
  constructFromEvents,
  EVENT_ID,
  getScalarValue,
  mergeTag,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
} from "js-yaml";
import type { DefinitionSyntax } from "../../model/definition.ts";
import type { DefinitionProblem } from "../../model/definition-report.ts";

/** Deepest nesting of maps and lists. */
const maxDepth = 100;
/** Aliases of YAML in one document; what they make of it is counted by itself. */
const maxAliases = 10_000;

/** Keys and places in lists on the way from the root of a document to a value. */
export type ValuePath = readonly (string | number)[];

/** A document that could be read, and where each of its values stands. */
export type DefinitionSource = {
  syntax: DefinitionSyntax;
  value: unknown;
  /** Of the text, in UTF-16 units. */
  length: number;
  /** The problem of a value; of what is nearest above it where it is not there itself. */
  problemAt: (path: ValuePath, message: string) => DefinitionProblem;
};

type ReadSource = { ok: true; source: DefinitionSource } | { ok: false; problem: DefinitionProblem };
type Events = ReturnType<typeof parseEvents>;

/** Reads a text as JSON where it begins like JSON, as YAML otherwise. Keys that stand twice in a map are refused. */
export function readDefinitionSource(text: string): ReadSource {
  const syntax = /^\s*[{[]/.test(text) ? "json" : "yaml";
  if (text.trim() === "") return { ok: false, problem: problemAtOffset(text, 0, "The document is empty.") };
  if (syntax === "json") {
    const problem = problemOfJson(text);
    if (problem) return { ok: false, problem };
  }
  try {
    const events = parseEvents(text, { maxDepth });
    const schema = CORE_SCHEMA.withTags(mergeTag);
    const documents = constructFromEvents(events, { source: text, schema, maxAliases });
    if (documents.length > 1) {
      const message = "The file holds several documents, one after the other. An API has one.";
      return { ok: false, problem: problemAtOffset(text, startOfSecond(events), message) };
    }
    const problemAt = (path: ValuePath, message: string) =>
      problemAtOffset(text, offsetOf(text, events, path), message);
    return { ok: true, source: { syntax, value: documents[0], length: text.length, problemAt } };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const message = yamlWords(error.reason);
    return { ok: false, problem: problemAtOffset(text, error.mark?.position ?? 0, message) };
  }
}

/** JSON is read as YAML, which it is too; what only YAML allows is refused here first. */
function problemOfJson(text: string): DefinitionProblem | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const said = error instanceof Error ? error.message : "";
    const at = /at position (\d+)/.exec(said)?.[1];
    const what = said.replace(/ in JSON at position.*$/s, "").replace(/^JSON\.parse: /, "");
    const offset = at === undefined ? text.trimEnd().length : Number(at);
    return problemAtOffset(text, offset, `This is not JSON: ${withoutExcerpt(what)}.`);
  }
}

/** Some messages of JSON.parse quote the text around; the place is told beside. */
function withoutExcerpt(message: string): string {
  return message.replace(/, (\.\.\.)?".*$/s, "").replace(/\.$/, "");
}

function yamlWords(reason: string): string {
  if (reason === "duplicated mapping key") return "This key stands here twice. Keep one of them.";
  if (/max.*alias|alias.*(limit|exceed)/i.test(reason)) return `A document has at most ${maxAliases} aliases.`;
  if (/maxTotalMergeKeys/.test(reason)) return "A document merges at most 10,000 keys by <<.";
  return `This is not YAML: ${reason}.`;
}

function problemAtOffset(text: string, offset: number, message: string): DefinitionProblem {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  let line = 1;
  for (let at = before.indexOf("\n"); at !== -1; at = before.indexOf("\n", at + 1)) line += 1;
  return { line, column: offset - lineStart + 1, message };
}

function startOfSecond(events: Events): number {
  const second = events.findIndex(({ type }, index) => index > 0 && type === EVENT_ID.DOCUMENT);
  return startOf(events, second + 1);
}

/** Where a value begins in the text, or what holds it as far down the path as there is something. */
function offsetOf(text: string, events: Events, path: ValuePath): number {
  let at = 1; // Behind the beginning of the document.
  let offset = startOf(events, at);
  for (const step of path) {
    const child = typeof step === "number" ? itemOf(events, at, step) : entryOf(text, events, at, step);
    if (!child) break;
    at = child.value;
    offset = startOf(events, child.shown);
  }
  return offset;
}

/** A key is shown where there is one: it says more than its value. */
type Child = { shown: number; value: number };

function itemOf(events: Events, list: number, wanted: number): Child | undefined {
  if (events[list]?.type !== EVENT_ID.SEQUENCE) return undefined;
  let at = list + 1;
  for (let index = 0; events[at] && events[at]?.type !== EVENT_ID.POP; index += 1) {
    if (index === wanted) return { shown: at, value: at };
    at = behind(events, at);
  }
  return undefined;
}

function entryOf(text: string, events: Events, map: number, wanted: string): Child | undefined {
  if (events[map]?.type !== EVENT_ID.MAPPING) return undefined;
  let at = map + 1;
  while (events[at] && events[at]?.type !== EVENT_ID.POP) {
    const key = events[at];
    const value = behind(events, at);
    if (key?.type === EVENT_ID.SCALAR && getScalarValue(text, key) === wanted) return { shown: at, value };
    at = behind(events, value);
  }
  return undefined;
}

/** The event behind a whole value. */
function behind(events: Events, at: number): number {
  let depth = 0;
  for (let index = at; index < events.length; index += 1) {
    const type = events[index]?.type;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth += 1;
    if (type === EVENT_ID.POP) depth -= 1;
    if (depth <= 0) return index + 1;
  }
  return events.length;
}

function startOf(events: Events, at: number): number {
  const event = events[at];
  switch (event?.type) {
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return Math.max(0, event.start);
    case EVENT_ID.SCALAR: {
      const isQuoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
      return Math.max(0, event.valueStart - (isQuoted ? 1 : 0));
    }
    case EVENT_ID.ALIAS:
      return Math.max(0, event.anchorStart);
    default:
      return 0;
  }
}
