import "server-only";
import { type ApiRow, apiWithOwner } from "../../db/api-row.ts";
import type { Transaction } from "../../db/client.ts";
import { Problem } from "../../model/problem.ts";
import { type Permission, requireReach } from "../permission/require-permission.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text can be the id of a row; PostgreSQL refuses any other with an error. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** The row of an API that a permission reaches. Problems: not-found, forbidden. */
export async function getApiRow(permission: Permission, tx: Transaction, id: string): Promise<ApiRow> {
  const row = isUuid(id) ? await tx.api.findUnique({ where: { id }, include: apiWithOwner }) : null;
  if (!row) throw new Problem("not-found", "There is no API with this id: it may have been deleted.");
  requireReach(permission, row);
  return row;
}
