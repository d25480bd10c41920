import "server-only";
import type { DefinitionSyntax } from "../../model/definition.ts";

/** Media types of OpenAPI documents (RFC 9512 for YAML). */
export const definitionMediaTypes = {
  yaml: "application/yaml; charset=utf-8",
  json: "application/json; charset=utf-8",
} as const satisfies Record<DefinitionSyntax, string>;

/** Whether an Accept field asks for YAML by name, as one of what it takes without JSON before it. */
export function wantsYaml(accept: string | null): boolean {
  const types = (accept ?? "").split(",").map((type) => type.split(";")[0]?.trim().toLowerCase() ?? "");
  const first = types.find((type) => /^application\/json$|yaml$/.test(type));
  return first?.endsWith("yaml") ?? false;
}
