import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { Failure } from "./failure.ts";
import { isJson, type Json } from "./rest.ts";

/** Largest file: the publisher takes no larger API. */
const maxBytes = 1_000_000;
/** Largest OpenAPI document beside it. */
const maxDefinitionBytes = 10 * 1024 * 1024;
/** Largest Markdown beside it. */
const maxDocumentBytes = 256 * 1024;
/** Aliases of a document may grow it so much and no further: a billion laughs are refused. */
const maxAliases = 100;

/** An API as a file says it, and where each of its fields stands. */
export type ApiFile = { file: string; api: Json; lineOf: (path: string) => number };

/**
 * The files of a folder, or the one file; by name. OpenAPI documents that they name as their definition are no APIs of
 * their own. @throws Failure naming file, line and reason of everything wrong
 */
export function readApiFiles(path: string): ApiFile[] {
  const results = namesOf(path).map((file) => ({ file, result: readOrRefuse(file) }));
  const documents = new Set(
    results.flatMap(({ result }) => (result instanceof Failure ? [] : (documentOf(result) ?? []))),
  );
  const problems: string[] = [];
  const read: ApiFile[] = [];
  const seen = new Map<string, string>();
  for (const { file, result } of results) {
    if (documents.has(resolve(file))) continue;
    try {
      if (result instanceof Failure) throw result;
      const name = `${result.api.name} ${result.api.version}`;
      const other = seen.get(name);
      if (other) throw new Failure(`${file}:1: ${name} is in ${other} already.`);
      seen.set(name, file);
      read.push(withDocuments(withDefinition(result)));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw new Failure(problems.join("\n"));
  return read;
}

function readOrRefuse(file: string): ApiFile | Failure {
  try {
    return readApiFile(file);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** Where the OpenAPI document is that an API names; undefined: it names none. */
function documentOf({ file, api }: ApiFile): string | undefined {
  return typeof api.definition === "string" ? resolve(dirname(file), api.definition) : undefined;
}

/** An API with the text of its OpenAPI document in place of where that is. */
function withDefinition(read: ApiFile): ApiFile {
  if (documentOf(read) === undefined) return read;
  const at = `${read.file}:${read.lineOf("definition")}: definition:`;
  const bounds = { at, mostBytes: maxDefinitionBytes, most: "10 MiB" };
  const definition = textBeside(read.file, String(read.api.definition), bounds);
  return { ...read, api: { ...read.api, definition } };
}

/** Documents with their Markdown in place of where that is. */
function withDocuments(read: ApiFile): ApiFile {
  const { documents } = read.api;
  if (!Array.isArray(documents)) return read;
  const whole = documents.map((document: unknown, index) => {
    if (!isJson(document) || typeof document.file !== "string") return document;
    const { file, ...rest } = document;
    const at = `${read.file}:${read.lineOf(`documents.${index}.file`)}: documents.${index}.file:`;
    return {
      ...rest,
      inlineContent: textBeside(read.file, file, { at, mostBytes: maxDocumentBytes, most: "256 KiB" }),
    };
  });
  return { ...read, api: { ...read.api, documents: whole } };
}

type Beside = { at: string; mostBytes: number; most: string };

/** The text of a file that another one names. */
function textBeside(file: string, shown: string, { at, mostBytes, most }: Beside): string {
  const path = resolve(dirname(file), shown);
  try {
    if (statSync(path).size > mostBytes) throw new Failure(`${at} ${shown} is larger than ${most}.`);
    return decoded(path);
  } catch (error) {
    if (error instanceof Failure && error.message.startsWith(at)) throw error;
    const reason = error instanceof Failure ? "is not UTF-8" : "cannot be read";
    throw new Failure(`${at} ${shown} ${reason}.`);
  }
}

function namesOf(path: string): string[] {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch {
    throw new Failure(`${path}: there is no such file or folder.`);
  }
  if (!isFolder) return [path];
  const names = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/i.test(entry.name))
    .map((entry) => join(path, entry.name))
    .sort();
  if (names.length === 0) throw new Failure(`${path}: there is no .yaml, .yml or .json file in it.`);
  return names;
}

function readApiFile(file: string): ApiFile {
  if (statSync(file).size > maxBytes) throw new Failure(`${file}:1: the file is larger than ${maxBytes} bytes.`);
  const lines = new LineCounter();
  const text = decoded(file);
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [error] = document.errors;
  if (error) throw new Failure(`${file}:${error.linePos?.[0].line ?? 1}: ${firstLine(error.message)}`);
  const api: unknown = valueRead(file, () => document.toJS({ maxAliasCount: maxAliases }));
  if (!isJson(api)) throw new Failure(`${file}:1: an API is expected: name, context, version and what else it has.`);
  const lineOf = (path: string): number => {
    for (let keys = path.split("."); keys.length > 0; keys = keys.slice(0, -1)) {
      const node: unknown = document.getIn(keys, true);
      if (isJson(node) && Array.isArray(node.range)) return lines.linePos(Number(node.range[0])).line;
    }
    return 1;
  };
  return { file, api, lineOf };
}

function decoded(file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch {
    throw new Failure(`${file}:1: the file is not UTF-8.`);
  }
}

function valueRead(file: string, read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    throw new Failure(`${file}:1: ${error instanceof Error ? firstLine(error.message) : String(error)}`);
  }
}

function firstLine(message: string): string {
  return message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? message;
}
