import { maxDefinitionBytes } from "../../model/definition.ts";
import { type DefinitionReport, problemInLine } from "../../model/definition-report.ts";
import { Problem } from "../../model/problem.ts";
import { findUnstorable } from "../../model/unstorable-text.ts";
import { decodeDefinition, tooLargeDefinition } from "./decode-definition.ts";
import { fetchDefinition } from "./fetch-definition.ts";
import { readDefinition } from "./read-definition.ts";

/** A document as it comes in: as text, as the octets of a file, or where it is to be fetched. */
export type DefinitionInput =
  | { kind: "text"; text: string }
  | { kind: "file"; bytes: Uint8Array }
  | { kind: "url"; url: string };

/** A document, and what became of reading it. */
export type ReadInput = { text: string; report: DefinitionReport };

/** Takes a document from where it is, and reads it. Problems: too-large; invalid at `definition` or `url`. */
export async function readInput(input: DefinitionInput): Promise<ReadInput> {
  const { text, fetchedFrom } = await textOf(input);
  const unstorable = findUnstorable(text);
  if (unstorable) throw new Problem("invalid", unstorable.message, [{ ...unstorable, path: "definition" }]);
  return { text, report: await readDefinition(text, fetchedFrom) };
}

async function textOf(input: DefinitionInput): Promise<{ text: string; fetchedFrom?: string }> {
  switch (input.kind) {
    case "text":
      if (Buffer.byteLength(input.text) > maxDefinitionBytes) throw tooLargeDefinition();
      return { text: input.text.replace(/^\uFEFF/, "") };
    case "file":
      return { text: decodeDefinition(input.bytes) };
    case "url":
      return fetchDefinition(input.url);
  }
}

/** What a good document says. Problem "invalid" with everything that is wrong with another, by line and column. */
export function requireGood(report: DefinitionReport) {
  if (report.ok) return report.summary;
  const items = report.problems.map((problem) => ({ path: "definition", message: problemInLine(problem) }));
  const [first] = items;
  const message =
    items.length === 1 && first ? first.message : `The document has ${items.length} mistakes. ${first?.message ?? ""}`;
  throw new Problem("invalid", message, items);
}
