import { CORE_SCHEMA, dump, load, mergeTag } from "js-yaml";
import type { DefinitionSyntax } from "../../model/definition.ts";

/** A document that is known to be good, in the other syntax. Comments and the order of what is quoted are lost. */
export function convertDefinition(text: string, to: DefinitionSyntax): string {
  return writeDefinition(load(text, { schema: CORE_SCHEMA.withTags(mergeTag) }), to);
}

/** A document as people read it: two spaces, long lines as they are, nothing by alias. */
export function writeDefinition(value: unknown, syntax: DefinitionSyntax): string {
  return syntax === "json" ? `${JSON.stringify(value, null, 2)}\n` : dump(value, { lineWidth: -1, noRefs: true });
}
