import { certificateFromRow } from "../../db/certificate-row.ts";
import { changeBesideDocument } from "../apis/change-beside-document.ts";
import { subjectOf } from "../apis/write-api.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { certificateDetail } from "./certificate-detail.ts";
import { getCertificateRow } from "./find-certificate.ts";

/** Takes a certificate from an API; new connections do without it from then on. Problems: not-found, forbidden. */
export async function removeCertificate(context: ServerContext, apiId: string, certificateId: string): Promise<void> {
  const permission = requirePermission(context, "certificate.remove");
  await changeBesideDocument(context, permission, apiId, async (tx, api) => {
    const row = await getCertificateRow(tx, api.id, certificateId);
    await tx.endpointCertificate.delete({ where: { id: row.id } });
    const detail = certificateDetail(certificateFromRow(row));
    await recordAudit(tx, context, { action: "certificate.remove", ...subjectOf(api), detail });
  });
}
