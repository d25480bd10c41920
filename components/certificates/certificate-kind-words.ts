import type { CertificateKind } from "@/lib/model/endpoint-certificate.ts";

/** What a certificate is for. */
export const certificateKindWords: Record<CertificateKind, string> = {
  trusted: "Trusted",
  client: "Client (mutual TLS)",
};
