import { randomUUID } from "node:crypto";
import { type ApiRow, documentFromRow } from "../../db/api-row.ts";
import type { Transaction } from "../../db/client.ts";
import type { Api, ApiDocument } from "../../model/api.ts";
import { mapEndpoints } from "../../model/map-endpoints.ts";
import { type NewApiVersion, newApiVersionSchema } from "../../model/new-api.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { changeConfiguration } from "../change-configuration.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { clearDefaultVersion } from "./default-version.ts";
import { getApiRow } from "./find-api.ts";
import { refusePathConflict } from "./path-conflict.ts";
import { insertApi } from "./write-api.ts";

/**
 * Create New Version: an API of the same name, context, provider, settings, certificates and documents, in CREATED and without keys.
 * Problems: invalid, not-found, forbidden; conflict at `version` or `isDefaultVersion`.
 */
export async function copyApi(context: ServerContext, id: string, input: NewApiVersion): Promise<Api> {
  const permission = requirePermission(context, "api.copy");
  const { version, isDefaultVersion } = parseInput(newApiVersionSchema, input);
  return changeConfiguration(context, async (tx, revision) => {
    const source = await getApiRow(permission, tx, id);
    const document = copyOf(documentFromRow(source), version, isDefaultVersion);
    await refuseTakenVersion(tx, source, version);
    await refusePathConflict(tx, context.actor, document, "version");
    if (isDefaultVersion) await clearDefaultVersion(tx, context, document, revision);
    const copy = await insertApi(tx, context, document, source.ownerId, {
      revision,
      revisionAction: `New version of ${source.version}`,
      auditAction: "api.copy",
    });
    await copyCertificates(tx, source.id, copy.id);
    await copyDocumentation(tx, source.id, copy.id);
    return copy;
  });
}

async function copyCertificates(tx: Transaction, fromId: string, toId: string): Promise<void> {
  const certificates = await tx.endpointCertificate.findMany({ where: { apiId: fromId }, omit: { id: true } });
  await tx.endpointCertificate.createMany({ data: certificates.map((each) => ({ ...each, apiId: toId })) });
}

async function copyDocumentation(tx: Transaction, fromId: string, toId: string): Promise<void> {
  const documents = await tx.apiDocumentation.findMany({ where: { apiId: fromId }, omit: { id: true } });
  await tx.apiDocumentation.createMany({ data: documents.map((each) => ({ ...each, apiId: toId, revision: 1 })) });
}

/** Endpoints get ids of their own: their state and sessions are not those of the other version's. */
function copyOf(source: ApiDocument, version: string, isDefaultVersion: boolean): ApiDocument {
  const { endpointConfig } = source;
  return {
    ...source,
    version,
    isDefaultVersion,
    lifecycleState: "CREATED",
    endpointConfig: endpointConfig && mapEndpoints(endpointConfig, (each) => ({ ...each, id: randomUUID() })),
  };
}

async function refuseTakenVersion(tx: Transaction, source: ApiRow, version: string): Promise<void> {
  const holder = await tx.api.findUnique({
    where: { name_version: { name: source.name, version } },
    select: { id: true },
  });
  if (!holder) return;
  const message = `${source.name} ${version} exists already. Choose another version.`;
  throw new Problem("conflict", message, [{ path: "version", message }]);
}
