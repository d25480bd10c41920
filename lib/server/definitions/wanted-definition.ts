import type { DefinitionReference, DefinitionText } from "../../model/definition.ts";
import type { DefinedOperation } from "../../model/definition-report.ts";
import { mergedOperations } from "../../model/merge-operations.ts";
import type { Operation } from "../../model/operation.ts";
import { readInput, requireGood } from "./definition-input.ts";
import { definitionReference } from "./store-definition.ts";

/** A document that an API is to have, and which operations are in it; undefined: it is the one that it has. */
export type WantedDefinition = { definition: DefinitionText; operations: readonly DefinedOperation[] } | undefined;

/** Reads the document that a file names, unless the API has it already. Problems: invalid at `definition`, too-large. */
export async function readWantedDefinition(
  text: string,
  present: DefinitionReference | null,
): Promise<WantedDefinition> {
  if (present && definitionReference({ text, syntax: present.syntax })?.hash === present.hash) return undefined;
  const read = await readInput({ kind: "text", text });
  const { syntax, operations } = requireGood(read.report);
  return { definition: { text: read.text, syntax }, operations };
}

/** What a document changes of an API: the document, and operations where the file does not name them itself. */
export function changesByDefinition(
  wanted: WantedDefinition,
  present: readonly Operation[],
  named: readonly Operation[] | undefined,
): { definition?: DefinitionText; operations: Operation[] } {
  if (!wanted) return { operations: [...(named ?? present)] };
  const { definition, operations } = wanted;
  return { definition, operations: named ? [...named] : mergedOperations(present, operations).operations };
}
