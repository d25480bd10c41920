import { apiFromRow } from "../../db/api-row.ts";
import type { DefinitionSyntax, DefinitionText } from "../../model/definition.ts";
import { generatedDefinition } from "../../model/generated-definition.ts";
import { getApiRow } from "../apis/find-api.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { writeDefinition } from "./convert-definition.ts";
import { definitionIn } from "./read-definition.ts";
import { loadDefinition } from "./store-definition.ts";

export type GivenDefinition = DefinitionText & {
  /** Whether it is made from the API's operations, because it has no document of its own. */
  isGenerated: boolean;
  /** The API's revision that it is of. */
  revision: number;
};

/**
 * The OpenAPI document of an API, as it was written or in the syntax that is asked for; a minimal one where it has none.
 * Problems: not-found, forbidden, too-many-requests.
 */
export async function getDefinition(
  context: ServerContext,
  id: string,
  wanted?: DefinitionSyntax,
): Promise<GivenDefinition> {
  const permission = requirePermission(context, "api.read");
  const api = apiFromRow(await getApiRow(permission, context.db, id));
  const { revision } = api;
  if (!api.definition) {
    const syntax = wanted ?? "yaml";
    return { text: writeDefinition(generatedDefinition(api), syntax), syntax, isGenerated: true, revision };
  }
  const stored = await loadDefinition(context.db, api.definition);
  const syntax = wanted ?? stored.syntax;
  return { text: await definitionIn(stored, syntax), syntax, isGenerated: false, revision };
}
