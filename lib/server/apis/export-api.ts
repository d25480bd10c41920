import "server-only";
import type { Api } from "../../model/api.ts";
import type { DefinitionText } from "../../model/definition.ts";
import type { Documentation } from "../../model/documentation.ts";
import { Problem } from "../../model/problem.ts";
import type { ServerContext } from "../context.ts";
import { loadDefinition } from "../definitions/store-definition.ts";
import { loadDocumentation } from "../documentation/put-documentation.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { getApi } from "./get-api.ts";

/** Which API: by its id, or by name and version. */
export type ApiChoice = { apiId?: string | undefined; name?: string | undefined; version?: string | undefined };

/** An API with what stands beside its document. */
export type ExportedApi = { api: Api; definition: DefinitionText | null; documents: readonly Documentation[] };

/**
 * An API to be written out, without the secrets of its endpoints. Problems: invalid (neither an id nor name and
 * version), not-found, forbidden.
 */
export async function exportApi(context: ServerContext, choice: ApiChoice): Promise<ExportedApi> {
  requirePermission(context, "api.read");
  const api = await getApi(context, await idOf(context, choice));
  const definition = api.definition && (await loadDefinition(context.db, api.definition));
  const documents = (await loadDocumentation(context.db, api.id)).map(({ document }) => document);
  return { api, definition, documents };
}

async function idOf({ db }: ServerContext, { apiId, name, version }: ApiChoice): Promise<string> {
  if (apiId !== undefined) return apiId;
  if (name === undefined || version === undefined) {
    const message = "Say which API: apiId, or name and version.";
    throw new Problem("invalid", message, [{ path: "apiId", message }]);
  }
  const found = await db.api.findUnique({ where: { name_version: { name, version } }, select: { id: true } });
  if (!found) throw new Problem("not-found", `There is no API ${name} ${version}.`);
  return found.id;
}
