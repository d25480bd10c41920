import { type ApiRow, apiFromRow, documentFromRow } from "../../db/api-row.ts";
import type { Api, ApiDocument } from "../../model/api.ts";
import { type ApiChanges, apiChangesSchema } from "../../model/api-changes.ts";
import type { DefinitionReference, DefinitionText } from "../../model/definition.ts";
import type { DocumentChange } from "../../model/document-diff.ts";
import type { DocumentationInput } from "../../model/documentation.ts";
import { availableTransitions, type LifecycleState, needsEndpoint } from "../../model/lifecycle.ts";
import type { NewApi } from "../../model/new-api.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { changeConfiguration } from "../change-configuration.ts";
import type { ServerContext } from "../context.ts";
import { storeDefinition } from "../definitions/store-definition.ts";
import { changesByDefinition, readWantedDefinition, type WantedDefinition } from "../definitions/wanted-definition.ts";
import { documentationChanges, putDocumentation } from "../documentation/put-documentation.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { applyChanges, sealChanges } from "./apply-changes.ts";
import { createApi } from "./create-api.ts";
import { becomeDefaultVersion } from "./default-version.ts";
import { changesBetween } from "./document-comparison.ts";
import { getApiRow } from "./find-api.ts";
import { replaceDocument, visibleApi } from "./write-api.ts";

/** An API as a file wants it to be. */
export type WantedApi = {
  name: string;
  version: string;
  /** Absent: the state stays; a new API begins as CREATED. */
  lifecycleState?: LifecycleState | undefined;
  /** The whole document; endpoints that stay keep their ids. */
  asChanges: (present: Api) => ApiChanges;
  asNew: () => NewApi;
  /** The text of its OpenAPI document; absent: the document stays. */
  definition?: string | undefined;
  /** Whether its operations are named beside the document; they are those of the document otherwise. */
  namesOperations?: boolean;
  /** All documents for people that it is to have; absent: they stay. */
  documents?: readonly DocumentationInput[] | undefined;
  /** Whether an API that is there already is not to be changed, but told as a conflict. */
  mustBeNew?: boolean;
  /** What the history says; absent: Apply. */
  revisionAction?: string;
};

export type AppliedApi = {
  action: "create" | "update" | "none";
  /** Undefined: a rehearsal would have created it. */
  id: string | undefined;
  revision: number | undefined;
  changes: DocumentChange[];
};

/**
 * Makes an API what a file says, in one transaction: creates it, changes it with its state, or leaves it alone where it
 * is so already. Problems: as of creating and updating.
 *
 * @param comment why, for the history
 */
export async function applyApi(context: ServerContext, wanted: WantedApi, comment = ""): Promise<AppliedApi> {
  const permission = requirePermission(context, "api.update");
  const { name, version } = wanted;
  const found = await context.db.api.findUnique({ where: { name_version: { name, version } }, select: { id: true } });
  if (!found || wanted.mustBeNew) return create(context, wanted);
  const row = await getApiRow(permission, context.db, found.id);
  const document = await readDocument(wanted, () => documentFromRow(row).definition);
  const { documents } = wanted;
  const isSame = changesOf(context, row, wanted, document).changes.length === 0;
  if (isSame && (!documents || (await documentationChanges(context.db, row.id, documents)).length === 0))
    return { action: "none", id: row.id, revision: row.revision, changes: [] };
  return changeConfiguration(context, async (tx, revision) => {
    const present = await getApiRow(permission, tx, row.id);
    const { before, after, changes, definition } = changesOf(context, present, wanted, document);
    const told = documents ? await documentationChanges(tx, row.id, documents) : [];
    if (documents) await putDocumentation(tx, context, row, documents);
    const all = { action: "update" as const, id: row.id, changes: [...changes, ...told] };
    // Documents are no part of a revision.
    if (changes.length === 0) return { ...all, revision: present.revision };
    await storeDefinition(tx, context, definition);
    await becomeDefaultVersion(tx, context, row.id, { before, after }, revision);
    const words = { revision, revisionAction: wanted.revisionAction ?? "Apply", auditAction: "api.update", comment };
    await replaceDocument(tx, context, present, after, words);
    return { ...all, revision };
  });
}

/** The document that is wanted, read before anything is locked: that takes a moment. */
async function readDocument(
  { definition }: WantedApi,
  present: () => DefinitionReference | null,
): Promise<WantedDefinition> {
  return definition === undefined ? undefined : readWantedDefinition(definition, present());
}

/** An import brings an API in whatever state it has elsewhere; one of a file begins at the beginning. */
async function create(context: ServerContext, wanted: WantedApi): Promise<AppliedApi> {
  const { lifecycleState = "CREATED", asNew, revisionAction } = wanted;
  if (revisionAction === undefined && lifecycleState !== "CREATED" && lifecycleState !== "PUBLISHED") {
    const message = `A new API is CREATED or PUBLISHED; it becomes ${lifecycleState} once it is there.`;
    throw new Problem("invalid", message, [{ path: "lifeCycleStatus", message }]);
  }
  const publish = needsEndpoint(lifecycleState);
  const document = await readDocument(wanted, () => null);
  const given = asNew();
  const described = {
    ...given,
    ...(document && changesByDefinition(document, [], undefined)),
    ...(wanted.namesOperations && { operations: given.operations }),
  };
  const { id, revision } = await createApi(
    context,
    { ...described, publish },
    { lifecycleState, revisionAction, documents: wanted.documents },
  );
  const isStored = context.isRehearsal !== true;
  return { action: "create", id: isStored ? id : undefined, revision: isStored ? revision : undefined, changes: [] };
}

function changesOf(
  context: ServerContext,
  row: ApiRow,
  wanted: WantedApi,
  document: WantedDefinition,
): {
  before: ApiDocument;
  after: ApiDocument;
  changes: DocumentChange[];
  definition: DefinitionText | null | undefined;
} {
  const before = documentFromRow(row);
  const present = visibleApi(apiFromRow(row));
  const given = parseInput(apiChangesSchema, wanted.asChanges(present));
  const parsed =
    wanted.definition === undefined
      ? given
      : {
          ...given,
          ...changesByDefinition(document, before.operations, wanted.namesOperations ? given.operations : undefined),
        };
  const after = applyChanges(before, sealChanges(parsed, before, context.secret));
  const { lifecycleState = before.lifecycleState } = wanted;
  refuseUnreachable(before.lifecycleState, lifecycleState, after);
  const whole = { ...after, lifecycleState };
  return { before, after: whole, changes: changesBetween(before, whole), definition: parsed.definition };
}

function refuseUnreachable(from: LifecycleState, to: LifecycleState, { endpointConfig }: ApiDocument): void {
  if (from === to) return;
  const next = availableTransitions(from).map(({ targetState }) => targetState);
  if (!next.includes(to)) {
    const possible = next.length > 0 ? `From there it can become ${next.join(", ")}.` : "It stays so.";
    const message = `This API is ${from} and cannot become ${to} in one step. ${possible}`;
    throw new Problem("invalid", message, [{ path: "lifeCycleStatus", message }]);
  }
  if (to === "PUBLISHED" && !endpointConfig) {
    const message = "Publishing needs an endpoint.";
    throw new Problem("invalid", message, [{ path: "endpointConfig", message }]);
  }
}
