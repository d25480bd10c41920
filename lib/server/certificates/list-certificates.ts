import { certificateFromRow } from "../../db/certificate-row.ts";
import type { EndpointCertificate } from "../../model/endpoint-certificate.ts";
import { getApiRow } from "../apis/find-api.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";

/** The certificates of an API's endpoints, those that end first first. Problems: not-found, forbidden. */
export async function listCertificates(context: ServerContext, apiId: string): Promise<EndpointCertificate[]> {
  const permission = requirePermission(context, "certificate.list");
  const { id } = await getApiRow(permission, context.db, apiId);
  const rows = await context.db.endpointCertificate.findMany({
    where: { apiId: id },
    omit: { privateKey: true },
    orderBy: [{ validTo: "asc" }, { id: "asc" }],
  });
  return rows.map(certificateFromRow);
}
