import "server-only";
import { type ApiRow, apiWithOwner } from "../../db/api-row.ts";
import type { Transaction } from "../../db/client.ts";
import { Problem } from "../../model/problem.ts";
import { type Ownership, type Permission, requireReach } from "../permission/require-permission.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text can be the id of a row; PostgreSQL refuses any other with an error. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** Whose a stored API is. */
export function ownershipOf(row: { ownerId: string; coOwners: readonly { userId: string }[] }): Ownership {
  return { ownerId: row.ownerId, coOwnerIds: row.coOwners.map(({ userId }) => userId) };
}

/** What has to be read of an API to tell whose it is, and its name for who may know it. */
export const named = { name: true, version: true, ownerId: true, coOwners: { select: { userId: true } } } as const;

/** The row of an API that a permission reaches. Problems: not-found, forbidden. */
export async function getApiRow(permission: Permission, tx: Transaction, id: string): Promise<ApiRow> {
  const row = isUuid(id) ? await tx.api.findUnique({ where: { id }, include: apiWithOwner }) : null;
  if (!row) throw new Problem("not-found", "There is no API with this id: it may have been deleted.");
  requireReach(permission, ownershipOf(row));
  return row;
}
