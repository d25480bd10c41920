import { seal, sealingKey, unseal } from "../../db/sealed-text.ts";
import type { EndpointConfig } from "../../model/endpoint-config.ts";
import { mapSecrets } from "../../model/secret-values.ts";

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
