import { certificateKinds, type EndpointCertificate } from "../model/endpoint-certificate.ts";

type CertificateRow = Omit<EndpointCertificate, "kind"> & { kind: string };

/** A certificate as it is stored, without its private key. Throws when its kind is none we know. */
export function certificateFromRow(row: CertificateRow): EndpointCertificate {
  const { id, alias, host, certificate, subject, issuer, serialNumber, fingerprint } = row;
  const { validFrom, validTo, createdBy, createdAt } = row;
  const kind = certificateKinds.find((known) => known === row.kind);
  if (!kind) throw new Error(`The certificate ${id} is of the unknown kind ${row.kind}`);
  return {
    ...{ id, kind, alias, host, certificate, subject, issuer, serialNumber, fingerprint },
    ...{ validFrom, validTo, createdBy, createdAt },
  };
}
