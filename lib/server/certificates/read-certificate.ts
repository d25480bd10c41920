import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import type { CertificateFacts } from "../../model/endpoint-certificate.ts";
import { Problem } from "../../model/problem.ts";

/** Most certificates of one chain. */
const maxChain = 10;

const certificateBlock = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** A certificate with its chain, as it is stored: PEM without what people write between the blocks. */
export type ReadCertificate = { pem: string; leaf: X509Certificate; facts: CertificateFacts };

/** Reads PEM text of a certificate and its chain. Problem "invalid" at `certificate` when it is none, or has expired. */
export function readCertificate(text: string, now: Date): ReadCertificate {
  if (text.includes("PRIVATE KEY-----")) {
    throw invalid(
      "certificate",
      "This text holds a private key. Give the certificate alone here, and keep the key back.",
    );
  }
  const blocks = text.match(certificateBlock) ?? [];
  if (blocks.length === 0) {
    throw invalid("certificate", "This is no PEM text: it begins with -----BEGIN CERTIFICATE-----.");
  }
  if (blocks.length > maxChain) {
    throw invalid(
      "certificate",
      `A certificate and its chain are at most ${maxChain} certificates; these are ${blocks.length}.`,
    );
  }
  const [leaf] = blocks.map(parse);
  if (!leaf) throw invalid("certificate", "There is no certificate in this text.");
  const facts = certificateFacts(leaf);
  if (facts.validTo <= now) {
    throw invalid("certificate", `This certificate expired on ${facts.validTo.toISOString().slice(0, 10)}.`);
  }
  return { pem: `${blocks.join("\n")}\n`, leaf, facts };
}

/**
 * Reads the private key that belongs to a certificate, as PEM without a passphrase. Problem "invalid" at `privateKey` or
 * `passphrase`; the words say nothing of the key.
 */
export function readPrivateKey(text: string, passphrase: string | undefined, certificate: X509Certificate): string {
  const key = openKey(text, passphrase);
  if (!certificate.checkPrivateKey(key)) {
    throw invalid("privateKey", "This private key does not belong to the certificate.");
  }
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

/** What a certificate says of itself. */
export function certificateFacts(certificate: X509Certificate): CertificateFacts {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    serialNumber: certificate.serialNumber,
    fingerprint: certificate.fingerprint256,
    validFrom: certificate.validFromDate,
    validTo: certificate.validToDate,
  };
}

function parse(pem: string, index: number): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw invalid("certificate", `Certificate ${index + 1} of this text cannot be read: it is damaged or cut off.`);
  }
}

function openKey(text: string, passphrase: string | undefined): KeyObject {
  const isEncrypted = text.includes("ENCRYPTED");
  if (isEncrypted && !passphrase) {
    throw invalid("passphrase", "This private key is encrypted: enter its passphrase. It is used now and not kept.");
  }
  try {
    return createPrivateKey(isEncrypted && passphrase ? { key: text, passphrase } : text);
  } catch {
    if (isEncrypted) throw invalid("passphrase", "The private key does not open with this passphrase.");
    throw invalid("privateKey", "This is no private key in PEM: it begins with -----BEGIN PRIVATE KEY-----.");
  }
}

/** Node writes a distinguished name on several lines; fields may be missing altogether. */
function oneLine(name: string | undefined): string {
  return (name ?? "").split("\n").join(", ");
}

function invalid(path: string, message: string): Problem {
  return new Problem("invalid", message, [{ path, message }]);
}
