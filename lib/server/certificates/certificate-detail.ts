import type { EndpointCertificate } from "../../model/endpoint-certificate.ts";

/** What the audit log says of a certificate. */
export function certificateDetail({ alias, kind, host, subject, fingerprint, validTo }: EndpointCertificate) {
  return { certificate: alias, kind, host, subject, fingerprint, validTo };
}
