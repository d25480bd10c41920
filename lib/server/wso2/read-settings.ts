import {
  CORE_SCHEMA,
  constructFromEvents,
  EVENT_ID,
  mergeTag,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
} from "js-yaml";
import { Problem } from "../../model/problem.ts";
import { findUnstorable } from "../../model/unstorable-text.ts";
import { isRecord } from "../../model/wso2-value.ts";

/** Longest file of settings, octets: an API with thousands of operations is a tenth of it. */
export const maxSettingsBytes = 4 * 1024 * 1024;
/** Deepest nesting: an API has a fifth of it. */
const maxDepth = 40;
/** No tool of WSO2 writes aliases; so few cannot grow a file beyond reason. */
const maxAliases = 10;
/** WSO2's tools merge by << as well. */
const schema = CORE_SCHEMA.withTags(mergeTag);

/** Texts that YAML takes for numbers or times where nobody quoted them: `version: 1.0` is not 1. */
const textKeys = new Set([
  "name",
  "version",
  "apiName",
  "context",
  "contextTemplate",
  "description",
  "displayName",
  "value",
]);

/**
 * Reads a file of a project, YAML or JSON (which is YAML as well), into plain values. Problem "invalid" that names file,
 * line and column.
 */
export function readSettings(file: string, bytes: Uint8Array): Record<string, unknown> {
  const value = readValue(file, bytes);
  if (!isRecord(value)) throw refused(`${file}:1: names and values are expected here.`);
  return value;
}

/** The same for a file that may hold anything, such as a list. */
export function readValue(file: string, bytes: Uint8Array): unknown {
  if (bytes.length > maxSettingsBytes)
    throw refused(`${file}: the file is larger than ${maxSettingsBytes / 1024 / 1024} MB.`);
  const value = file.toLowerCase().endsWith(".json")
    ? parseJson(file, readText(file, bytes))
    : parseYaml(file, readText(file, bytes));
  const unstorable = findUnstorable(value);
  if (unstorable) throw refused(`${file}: ${unstorable.path}: ${unstorable.message}`);
  return value;
}

/** The text of a file. Problem "invalid" when it is not UTF-8. */
export function readText(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refused(`${file}: the file is not UTF-8.`);
  }
}

/** JSON as such is read fastest. Where it is wrong, the YAML reader mostly knows the line. */
function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    parseYaml(file, text);
    throw refused(`${file}: it is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function parseYaml(file: string, text: string): unknown {
  try {
    const events = parseEvents(text, { maxDepth });
    keepTexts(events, text);
    const documents = constructFromEvents(events, { source: text, schema, maxAliases });
    if (documents.length > 1) throw refused(`${file}: it holds several documents, one after the other.`);
    return documents[0];
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line, column } = error.mark ?? { line: 0, column: 0 };
    throw refused(`${file}:${line + 1}:${column + 1}: ${error.reason}.`);
  }
}

/** Has what stands unquoted at one of the text keys read as it is written. */
function keepTexts(events: ReturnType<typeof parseEvents>, text: string): void {
  /** Of each map and list around: the key whose value comes next; null: a key comes next; undefined: a list. */
  const around: (string | null | undefined)[] = [];
  const step = (key: string | null) => {
    const isKeyNext = around.at(-1) === null;
    if (around.length > 0 && around.at(-1) !== undefined) around[around.length - 1] = isKeyNext ? key : null;
  };
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.MAPPING:
        step("");
        around.push(null);
        break;
      case EVENT_ID.SEQUENCE:
        step("");
        around.push(undefined);
        break;
      case EVENT_ID.POP:
        around.pop();
        break;
      case EVENT_ID.ALIAS:
        step("");
        break;
      case EVENT_ID.SCALAR: {
        const key = around.at(-1);
        const said = text.slice(event.valueStart, event.valueEnd);
        const isOther = /^[-+]?\.?\d|^(true|false)$/i.test(said);
        if (key && textKeys.has(key) && event.style === SCALAR_STYLE.PLAIN && isOther)
          event.style = SCALAR_STYLE.SINGLE_QUOTED;
        step(said);
      }
    }
  }
}

function refused(message: string): Problem {
  return new Problem("invalid", message, [{ path: "file", message }]);
}
