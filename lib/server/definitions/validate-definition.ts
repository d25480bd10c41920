import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { type DefinitionInput, type ReadInput, readInput } from "./definition-input.ts";

/** Reads a document and tells what it says, or what is wrong with it; nothing is kept. Problems: too-large, invalid. */
export async function validateDefinition(context: ServerContext, input: DefinitionInput): Promise<ReadInput> {
  requirePermission(context, "definition.check");
  return readInput(input);
}
