import { randomUUID } from "node:crypto";
import type { Transaction } from "../../db/client.ts";
import type { Api, ApiDocument } from "../../model/api.ts";
import type { DocumentationInput } from "../../model/documentation.ts";
import type { EndpointConfig } from "../../model/endpoint-config.ts";
import { endpointTargetProblem } from "../../model/endpoint-target.ts";
import type { LifecycleState } from "../../model/lifecycle.ts";
import { type NewApi, newApiSchema } from "../../model/new-api.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { changeConfiguration } from "../change-configuration.ts";
import type { Actor, ServerContext } from "../context.ts";
import { definitionReference, storeDefinition } from "../definitions/store-definition.ts";
import { putDocumentation } from "../documentation/put-documentation.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { clearDefaultVersion } from "./default-version.ts";
import { sealEndpointSecrets } from "./endpoint-secrets.ts";
import { named } from "./find-api.ts";
import { holderInWords, refusePathConflict } from "./path-conflict.ts";
import { insertApi } from "./write-api.ts";

/**
 * How an API begins that was somewhere before: in the state that it had there, under what name the history has it, and
 * with which documents for people.
 */
export type Beginning = {
  lifecycleState?: LifecycleState | undefined;
  revisionAction?: string | undefined;
  documents?: readonly DocumentationInput[] | undefined;
};

/**
 * Creates an API of the actor; with `publish` it is live at once.
 * Problems: invalid; conflict at `name` (name and version, or the name is another publisher's) or `context`.
 */
export async function createApi(context: ServerContext, input: NewApi, begin: Beginning = {}): Promise<Api> {
  requirePermission(context, "api.create");
  const { endpointUrl, publish, ...given } = parseInput(newApiSchema, input);
  if (endpointUrl !== undefined) refuseUncallable(endpointUrl);
  const endpointConfig = endpointUrl === undefined ? (given.endpointConfig ?? null) : singleEndpoint(endpointUrl);
  const document: ApiDocument = {
    ...given,
    definition: definitionReference(given.definition),
    displayName: given.displayName ?? given.name,
    lifecycleState: begin.lifecycleState ?? (publish ? "PUBLISHED" : "CREATED"),
    endpointConfig: endpointConfig && sealEndpointSecrets(endpointConfig, null, context.secret),
  };
  return changeConfiguration(context, async (tx, revision) => {
    await refuseTakenName(tx, context.actor, document);
    await refuseTakenContext(tx, context.actor, document.context);
    await refusePathConflict(tx, context.actor, document, "context");
    await storeDefinition(tx, context, given.definition);
    if (document.isDefaultVersion) await clearDefaultVersion(tx, context, document, revision);
    const api = await insertApi(tx, context, document, context.actor.id, {
      revision,
      revisionAction: begin.revisionAction ?? (publish ? "Create & Publish" : "Create"),
      auditAction: "api.create",
    });
    if (begin.documents) await putDocumentation(tx, context, api, begin.documents);
    return api;
  });
}

/** What gateways would refuse of both endpoints, told at the one field that was filled in. */
function refuseUncallable(endpointUrl: string): void {
  const message = endpointTargetProblem(endpointUrl);
  if (message !== undefined) throw new Problem("invalid", message, [{ path: "endpointUrl", message }]);
}

/** The short form: one backend for production and sandbox alike. */
function singleEndpoint(url: string): EndpointConfig {
  const endpoint = () => ({ id: randomUUID(), url, settings: {} });
  return { kind: "single", protocol: "rest", retryNonIdempotent: false, production: endpoint(), sandbox: endpoint() };
}

/** One name is one publisher's: the versions of an API share it, and one of them is the default. */
async function refuseTakenName(tx: Transaction, actor: Actor, claim: { name: string; version: string }): Promise<void> {
  const holders = await tx.api.findMany({
    where: { name: claim.name },
    select: named,
  });
  const same = holders.find((holder) => holder.version === claim.version);
  const foreign = holders.find((holder) => holder.ownerId !== actor.id);
  if (!same && !foreign) return;
  const message = foreign
    ? `The name ${claim.name} is taken by ${holderInWords(foreign, actor)}. Choose another name.`
    : `${claim.name} ${claim.version} exists already. Choose another name or version.`;
  throw new Problem("conflict", message, [{ path: "name", message }]);
}

async function refuseTakenContext(tx: Transaction, actor: Actor, context: string): Promise<void> {
  const holder = await tx.api.findFirst({
    where: { context },
    select: named,
    orderBy: { createdAt: "asc" },
  });
  if (!holder) return;
  const isOwn = holder.ownerId === actor.id;
  const advice = isOwn ? "Choose another one, or use Create New Version there." : "Choose another context.";
  const message = `The context ${context} is taken by ${holderInWords(holder, actor)}. ${advice}`;
  throw new Problem("conflict", message, [{ path: "context", message }]);
}
