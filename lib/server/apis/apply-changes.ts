import type { ApiDocument } from "../../model/api.ts";
import type { DefinitionText } from "../../model/definition.ts";
import { needsEndpoint } from "../../model/lifecycle.ts";
import { Problem, type ProblemItem } from "../../model/problem.ts";
import type { RuntimeSettings } from "../../model/runtime-settings.ts";
import { definitionReference } from "../definitions/store-definition.ts";
import { sealEndpointSecrets } from "./endpoint-secrets.ts";

/** What a save names; secrets of its endpoints sealed. */
export type SealedChanges = Omit<Partial<ApiDocument>, "lifecycleState" | "runtime" | "definition"> & {
  runtime?: Partial<RuntimeSettings>;
  definition?: DefinitionText | null;
};

/** Changes as they came in, their secrets sealed: an empty one is the stored one. */
export function sealChanges(changes: SealedChanges, before: ApiDocument, secret: string): SealedChanges {
  const { endpointConfig } = changes;
  if (!endpointConfig) return changes;
  return { ...changes, endpointConfig: sealEndpointSecrets(endpointConfig, before.endpointConfig, secret) };
}

/**
 * The document after a save; what the changes do not name stays. Problem "invalid" for what no save may change: the
 * identity of an API, and that one which is live has an endpoint.
 */
export function applyChanges(before: ApiDocument, changes: SealedChanges): ApiDocument {
  const after: ApiDocument = {
    name: changes.name ?? before.name,
    version: changes.version ?? before.version,
    context: changes.context ?? before.context,
    displayName: changes.displayName ?? before.displayName,
    description: changes.description ?? before.description,
    tags: changes.tags ?? before.tags,
    properties: changes.properties ?? before.properties,
    isDefaultVersion: changes.isDefaultVersion ?? before.isDefaultVersion,
    lifecycleState: before.lifecycleState,
    apiKeyRequired: changes.apiKeyRequired ?? before.apiKeyRequired,
    runtime: { ...before.runtime, ...changes.runtime },
    endpointConfig: changes.endpointConfig === undefined ? before.endpointConfig : changes.endpointConfig,
    operations: changes.operations ?? before.operations,
    definition: changes.definition === undefined ? before.definition : definitionReference(changes.definition),
  };
  refuseForbiddenChanges(before, after);
  return after;
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
