import { documentFromRow } from "../../db/api-row.ts";
import type { Api, ApiDocument } from "../../model/api.ts";
import { type ApiChanges, apiChangesSchema } from "../../model/api-changes.ts";
import type { EndpointConfig } from "../../model/endpoint-config.ts";
import { needsEndpoint } from "../../model/lifecycle.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem, type ProblemItem } from "../../model/problem.ts";
import { parseComment } from "../../model/revision-comment.ts";
import { changeConfiguration } from "../change-configuration.ts";
import type { ServerContext } from "../context.ts";
import { becomeDefaultVersion } from "./default-version.ts";
import { sealEndpointSecrets } from "./endpoint-secrets.ts";
import { getApiRow } from "./find-api.ts";
import { refuseStale } from "./stale-problem.ts";
import { replaceDocument } from "./write-api.ts";

/**
 * Saves changes of an API; what `changes` does not name stays. An empty secret keeps the stored one.
 * Problems: invalid, not-found, forbidden, conflict; stale when the API is no longer at `expectedRevision`.
 *
 * @param comment why, for the history
 */
export async function updateApi(
  context: ServerContext,
  id: string,
  changes: ApiChanges,
  expectedRevision?: number,
  comment = "",
): Promise<Api> {
  const given = parseInput(apiChangesSchema, changes);
  const why = parseComment(comment);
  return changeConfiguration(context, async (tx, revision) => {
    const row = await getApiRow(context, tx, id);
    const before = documentFromRow(row);
    if (expectedRevision !== undefined) await refuseStale(tx, row, expectedRevision);
    const after = documentAfter(before, given, context.secret);
    refuseForbiddenChanges(before, after);
    await becomeDefaultVersion(tx, context, row.id, { before, after }, revision);
    const words = { revision, revisionAction: "Save", auditAction: "api.update", comment: why };
    return replaceDocument(tx, context, row, after, words);
  });
}

type ParsedChanges = Omit<Partial<ApiDocument>, "lifecycleState">;

function documentAfter(before: ApiDocument, changes: ParsedChanges, secret: string): ApiDocument {
  const sealed = (config: EndpointConfig) => sealEndpointSecrets(config, before.endpointConfig, secret);
  return {
    name: changes.name ?? before.name,
    version: changes.version ?? before.version,
    context: changes.context ?? before.context,
    displayName: changes.displayName ?? before.displayName,
    description: changes.description ?? before.description,
    tags: changes.tags ?? before.tags,
    isDefaultVersion: changes.isDefaultVersion ?? before.isDefaultVersion,
    lifecycleState: before.lifecycleState,
    apiKeyRequired: changes.apiKeyRequired ?? before.apiKeyRequired,
    endpointConfig:
      changes.endpointConfig === undefined
        ? before.endpointConfig
        : changes.endpointConfig && sealed(changes.endpointConfig),
  };
}

/** What is wrong with taking the endpoints of a live API away; empty: nothing. */
export function missingEndpoint(before: ApiDocument, after: ApiDocument): ProblemItem[] {
  if (!before.endpointConfig || after.endpointConfig || !needsEndpoint(before.lifecycleState)) return [];
  const message = `An API that is ${before.lifecycleState} needs an endpoint. Demote or retire it first.`;
  return [{ path: "endpointConfig", message }];
}

function refuseForbiddenChanges(before: ApiDocument, after: ApiDocument): void {
  const items: ProblemItem[] = [];
  for (const field of ["name", "version", "context"] as const) {
    if (before[field] === after[field]) continue;
    const message = `The ${field} of an API cannot be changed: it is ${before[field]}. Create a new version instead.`;
    items.push({ path: field, message });
  }
  items.push(...missingEndpoint(before, after));
  const [first] = items;
  if (first) throw new Problem("invalid", first.message, items);
}
