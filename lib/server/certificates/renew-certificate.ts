import { certificateFromRow } from "../../db/certificate-row.ts";
import { seal, sealingKey, unseal } from "../../db/sealed-text.ts";
import {
  type EndpointCertificate,
  type RenewedCertificate,
  renewedCertificateSchema,
} from "../../model/endpoint-certificate.ts";
import { parseInput } from "../../model/parse-input.ts";
import { Problem } from "../../model/problem.ts";
import { changeBesideDocument } from "../apis/change-beside-document.ts";
import { subjectOf } from "../apis/write-api.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { ServerContext } from "../context.ts";
import { requirePermission } from "../permission/require-permission.ts";
import { certificateDetail } from "./certificate-detail.ts";
import { getCertificateRow } from "./find-certificate.ts";
import { type ReadCertificate, readCertificate, readPrivateKey } from "./read-certificate.ts";

/**
 * Puts a newer certificate in the place of one, without a moment in which there is none. A client certificate keeps its
 * private key unless another one is given. Problems: invalid, not-found, forbidden.
 */
export async function renewCertificate(
  context: ServerContext,
  apiId: string,
  certificateId: string,
  input: RenewedCertificate,
): Promise<EndpointCertificate> {
  const permission = requirePermission(context, "certificate.renew");
  const given = parseInput(renewedCertificateSchema, input);
  return changeBesideDocument(context, permission, apiId, async (tx, api) => {
    const before = await getCertificateRow(tx, api.id, certificateId);
    const read = readCertificate(given.certificate, context.now());
    const privateKey =
      before.privateKey === null ? noKey(given) : keyOf(given, read, before.privateKey, context.secret);
    const row = await tx.endpointCertificate.update({
      where: { id: before.id },
      data: { certificate: read.pem, privateKey, ...read.facts },
    });
    const certificate = certificateFromRow(row);
    await recordAudit(tx, context, {
      action: "certificate.renew",
      ...subjectOf(api),
      detail: { before: certificateDetail(certificateFromRow(before)), after: certificateDetail(certificate) },
    });
    return certificate;
  });
}

function noKey({ privateKey }: RenewedCertificate): null {
  if (privateKey === undefined) return null;
  const message = "A trusted certificate has no private key here: leave it out.";
  throw new Problem("invalid", message, [{ path: "privateKey", message }]);
}

function keyOf(given: RenewedCertificate, { leaf }: ReadCertificate, sealed: string, secret: string): string {
  const key = sealingKey(secret);
  if (given.privateKey !== undefined) return seal(readPrivateKey(given.privateKey, given.passphrase, leaf), key);
  const stored = unseal(sealed, key);
  if (stored === undefined) {
    const message = "The stored private key was sealed under another FAIRLEAD_SECRET: give the key as well.";
    throw new Problem("invalid", message, [{ path: "privateKey", message }]);
  }
  readPrivateKey(stored, undefined, leaf);
  return sealed;
}
