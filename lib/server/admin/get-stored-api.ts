import { z } from "zod";
import { storedDocument } from "../../db/api-row.ts";
import { apiDocumentSchema } from "../../model/api.ts";
import { type LifecycleState, lifecycleStates } from "../../model/lifecycle.ts";
import type { ProblemItem } from "../../model/problem.ts";
import { withoutSecrets } from "../../model/secret-values.ts";
import { getApiRow } from "../apis/find-api.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

/** An API as it lies in the database. */
export type StoredApi = {
  id: string;
  name: string;
  version: string;
  owner: { id: string; name: string; email: string };
  revision: number;
  changeRevision: number;
  lifecycleState: LifecycleState;
  createdAt: Date;
  updatedAt: Date;
  /** The document, valid or not, without the secrets of its endpoints. */
  document: unknown;
  /** What is wrong with the document; empty when gateways can take it. */
  problems: ProblemItem[];
};

/** A stored API, also when its document is not valid. Administrators only. Problems: not-found, forbidden. */
export async function getStoredApi(context: ServerContext, id: string): Promise<StoredApi> {
  const permission = requirePermission(context, "stored-api.read");
  const row = await getApiRow(permission, context.db, id);
  const stored = storedDocument(row);
  const issues = apiDocumentSchema.safeParse(stored).error?.issues ?? [];
  const { name, version, owner, revision, changeRevision, createdAt, updatedAt } = row;
  return {
    ...{ id: row.id, name, version, owner, revision, changeRevision, createdAt, updatedAt },
    document: withoutSecrets(stored),
    lifecycleState: z.enum(lifecycleStates).catch("CREATED").parse(row.lifecycleState),
    problems: issues.map(({ path, message }) => ({ path: path.map(String).join("."), message })),
  };
}
