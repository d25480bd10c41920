import { type Api, type ApiDocument, apiDocumentSchema } from "../model/api.ts";
import { versionedPath } from "../model/api-naming.ts";
import type { ApiProperty } from "../model/api-property.ts";
import { withoutRuntimeDefaults } from "../model/runtime-settings.ts";
import { Prisma } from "./generated/client.ts";
import { jsonColumn } from "./json-column.ts";

/** What has to be read of an API for {@link apiFromRow}. */
export const apiWithOwner = {
  owner: { select: { id: true, name: true, email: true } },
  coOwners: { select: { userId: true } },
} as const;

export type ApiRow = Prisma.ApiGetPayload<{ include: typeof apiWithOwner }>;

/** An API as it is stored, sealed secrets and all. Throws when the stored document is not valid. */
export function apiFromRow(row: ApiRow): Api {
  return {
    ...documentFromRow(row),
    id: row.id,
    owner: row.owner,
    coOwnerIds: row.coOwners.map(({ userId }) => userId),
    revision: row.revision,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

/** The stored document of an API. Throws when it is not valid. */
export function documentFromRow(row: Omit<ApiRow, "owner" | "coOwners">): ApiDocument {
  return apiDocumentSchema.parse(storedDocument(row));
}

/** The stored document as it is, valid or not, for those who look into the store. */
export function storedDocument(row: Omit<ApiRow, "owner" | "coOwners">): Record<keyof ApiDocument, unknown> {
  return {
    name: row.name,
    version: row.version,
    context: row.context,
    displayName: row.displayName,
    description: row.description,
    tags: row.tags,
    properties: row.properties.map(propertyFromColumn),
    isDefaultVersion: row.isDefault,
    lifecycleState: row.lifecycleState,
    apiKeyRequired: row.apiKeyRequired,
    runtime: row.runtime,
    endpointConfig: row.endpointConfig,
    operations: row.operations,
    definition: row.definition,
  };
}

/** The columns of an API's row that say what its document says. */
export function columnsFromDocument(document: ApiDocument) {
  return {
    name: document.name,
    version: document.version,
    context: document.context,
    path: versionedPath(document.context, document.version),
    displayName: document.displayName,
    description: document.description,
    tags: document.tags,
    properties: document.properties.map(columnFromProperty),
    isDefault: document.isDefaultVersion,
    lifecycleState: document.lifecycleState,
    apiKeyRequired: document.apiKeyRequired,
    runtime: jsonColumn(withoutRuntimeDefaults(document.runtime)),
    endpointConfig: document.endpointConfig ? jsonColumn(document.endpointConfig) : Prisma.DbNull,
    operations: jsonColumn(document.operations),
    definition: document.definition ? jsonColumn(document.definition) : Prisma.DbNull,
    endpointType: document.endpointConfig?.kind ?? "none",
  };
}

/** A property in one text, which searches look into as it is; names have no colon. */
function columnFromProperty({ name, value }: ApiProperty): string {
  return `${name}:${value}`;
}

function propertyFromColumn(text: string): ApiProperty {
  const colon = text.indexOf(":");
  return { name: text.slice(0, colon), value: text.slice(colon + 1) };
}
