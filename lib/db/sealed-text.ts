import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const sealPrefix = "sealed:v1:";

/**
 * The key that secrets of endpoints are stored under: HKDF-SHA-256 of FAIRLEAD_SECRET, 32 octets, so that nothing else
 * made from that secret opens them.
 */
export function sealingKey(installationSecret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", installationSecret, "fairlead", "endpoint-secrets", 32));
}

/** Seals a text with AES-256-GCM. The same text sealed twice reads differently. */
export function seal(text: string, key: Buffer): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return sealPrefix + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** What was sealed; undefined when it was sealed with another secret or is no seal. */
export function unseal(text: string, key: Buffer): string | undefined {
  if (!text.startsWith(sealPrefix)) return undefined;
  const bytes = Buffer.from(text.slice(sealPrefix.length), "base64url");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return decipher.update(bytes.subarray(28), undefined, "utf8") + decipher.final("utf8");
  } catch {
    return undefined; // Another FAIRLEAD_SECRET, or it was changed.
  }
}
