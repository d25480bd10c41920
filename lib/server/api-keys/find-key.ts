import type { Transaction } from "../../db/client.ts";
import { Problem } from "../../model/problem.ts";
import { isUuid } from "../apis/find-api.ts";

/** A key of an API. Problem "not-found". */
export async function getKeyRow(tx: Transaction, apiId: string, keyId: string) {
  const key = isUuid(keyId) ? await tx.apiKey.findFirst({ where: { id: keyId, apiId } }) : null;
  if (!key) throw new Problem("not-found", "This API has no such key: it may have been revoked already.");
  return key;
}
