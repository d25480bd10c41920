import { isNode, isPair, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { Problem } from "../../model/problem.ts";
import { findUnstorable } from "../../model/unstorable-text.ts";
import { isRecord } from "../../model/wso2-value.ts";

/** Longest file of settings, octets: an API with thousands of operations is a tenth of it. */
const maxSettingsBytes = 4 * 1024 * 1024;
/** Aliases may grow a file so much and no further: a billion laughs are refused. */
const maxAliases = 100;

/** Texts that YAML takes for numbers or times where nobody quoted them: `version: 1.0` is not 1. */
const textKeys = new Set(["name", "version", "apiName", "context", "contextTemplate", "description", "displayName"]);

/**
 * Reads a file of a project, YAML or JSON (which is YAML as well), into plain values. Problem "invalid" that names file,
 * line and column.
 */
export function readSettings(file: string, bytes: Uint8Array): Record<string, unknown> {
  if (bytes.length > maxSettingsBytes)
    throw refused(`${file}: the file is larger than ${maxSettingsBytes / 1024 / 1024} MB.`);
  const value = file.toLowerCase().endsWith(".json")
    ? parseJson(file, readText(file, bytes))
    : parseYaml(file, readText(file, bytes));
  if (!isRecord(value)) throw refused(`${file}:1: names and values are expected here.`);
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

/** JSON as such: the YAML reader would take many times as long. Where it is wrong, the YAML reader knows the line. */
function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    parseYaml(file, text);
    throw refused(`${file}: it is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

const tooDeep = "It is nested too deeply.";

function parseYaml(file: string, text: string): unknown {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
    const [error] = document.errors;
    if (error) {
      const { line = 1, col = 1 } = error.linePos?.[0] ?? {};
      const isDeep = /call stack/.test(error.message);
      throw refused(`${file}:${line}:${col}: ${isDeep ? tooDeep : firstLine(error.message)}`);
    }
    visit(document, {
      Pair: (_, pair) => {
        if (!isPair(pair) || !isScalar(pair.key) || !textKeys.has(String(pair.key.value))) return;
        const { value } = pair;
        if (!isNode(value) || !isScalar(value) || value.value === null || value.source === undefined) return;
        value.value = value.source;
      },
    });
    return document.toJS({ maxAliasCount: maxAliases });
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof RangeError) throw refused(`${file}: ${tooDeep}`);
    throw refused(`${file}: ${error instanceof Error ? firstLine(error.message) : String(error)}`);
  }
}

function firstLine(message: string): string {
  return message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? message;
}

function refused(message: string): Problem {
  return new Problem("invalid", message, [{ path: "file", message }]);
}
