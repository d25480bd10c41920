import type { Transaction } from "../../db/client.ts";
import { Problem } from "../../model/problem.ts";
import { isUuid } from "../apis/find-api.ts";

/** A certificate of an API. Problem "not-found". */
export async function getCertificateRow(tx: Transaction, apiId: string, certificateId: string) {
  const row = isUuid(certificateId)
    ? await tx.endpointCertificate.findFirst({ where: { id: certificateId, apiId } })
    : null;
  if (!row) throw new Problem("not-found", "This API has no such certificate: it may have been removed already.");
  return row;
}
