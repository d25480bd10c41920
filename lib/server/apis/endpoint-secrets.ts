import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { EndpointConfig } from "../../model/endpoint-config.ts";
import { mapSecrets } from "../../model/secret-values.ts";

const sealPrefix = "sealed:v1:";

/**
 * Seals every secret of an incoming configuration (endpoint security and the like, kept under `extra`) with
 * AES-256-GCM. An empty secret keeps what is stored at the same place; one that equals what is stored keeps its seal.
 */
export function sealEndpointSecrets(
  config: EndpointConfig,
  stored: EndpointConfig | null,
  installationSecret: string,
): EndpointConfig {
  const key = sealingKey(installationSecret);
  return mapSecrets(config, stored, (value, storedValue) => {
    if (value === "") return storedValue;
    return storedValue !== "" && unseal(storedValue, key) === value ? storedValue : seal(value, key);
  });
}

/**
 * Whether a stored configuration has a secret that nobody can open any more, sealed under another FAIRLEAD_SECRET. One that
 * `present` has at the same place is no news.
 */
export function hasUnreadableSecret(
  config: EndpointConfig,
  present: EndpointConfig | null,
  installationSecret: string,
): boolean {
  const key = sealingKey(installationSecret);
  let found = false;
  mapSecrets(config, present, (value, presentValue) => {
    found ||= value !== "" && value !== presentValue && unseal(value, key) === undefined;
    return value;
  });
  return found;
}

/** The configuration as people and scripts may see it: secrets read as "". */
export function withoutEndpointSecrets(config: EndpointConfig): EndpointConfig {
  return mapSecrets(config, null, () => "");
}

/** Two configurations for a comparison: secrets unreadable, but different where they differ. */
export function withMaskedSecrets(config: EndpointConfig, before: EndpointConfig | null): EndpointConfig {
  return mapSecrets(config, before, (value, previous) => {
    if (value === "") return "";
    return previous === "" || previous === value ? "•••" : "••• (changed)";
  });
}

function sealingKey(installationSecret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", installationSecret, "fairlead", "endpoint-secrets", 32));
}

function seal(text: string, key: Buffer): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return sealPrefix + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** What was sealed; undefined when it was sealed with another secret or is no seal. */
function unseal(text: string, key: Buffer): string | undefined {
  if (!text.startsWith(sealPrefix)) return undefined;
  const bytes = Buffer.from(text.slice(sealPrefix.length), "base64url");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return decipher.update(bytes.subarray(28), undefined, "utf8") + decipher.final("utf8");
  } catch {
    return undefined; // Another FAIRLEAD_SECRET: then the value counts as different and is sealed anew.
  }
}
