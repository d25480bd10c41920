import { type Documentation, documentationSchema, type NewDocumentation } from "../../model/documentation.ts";
import { parseInput } from "../../model/parse-input.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { changeDocumentation, insertDocumentation } from "./write-documentation.ts";

/** Gives an API a document. Problems: invalid, not-found, forbidden; conflict at `name`, or when there are too many. */
export async function createDocumentation(
  context: ServerContext,
  apiId: string,
  input: NewDocumentation,
): Promise<Documentation> {
  const permission = requirePermission(context, "documentation.create");
  return changeDocumentation(context, permission, apiId, (tx, api) =>
    insertDocumentation(tx, context, api, parseInput(documentationSchema, input)),
  );
}
