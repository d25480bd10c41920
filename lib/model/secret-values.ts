import { type EndpointConfig, endpointsOf } from "./endpoint-config.ts";
import { mapEndpoints } from "./map-endpoints.ts";
import { isRecord } from "./wso2-value.ts";

/**
 * Names under which WSO2's `endpoint_security`, proxy and AWS settings keep secrets: password, clientSecret,
 * apiKeyValue, proxyPassword, secretKey, accessToken … `tokenUrl` and `clientId` are none.
 */
const secretName = /pass(word|phrase|wd)|secret|api_?key_?value|private_?key|token$/i;

/** Whether what stands under a name in WSO2's settings is a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** Gets a secret (never undefined; "" for none) and the one at the same place of the other document. */
type SecretChange = (value: string, other: string) => string;

/**
 * The same configuration with every secret replaced. Secrets stand in the keys we keep without knowing them (`extra`);
 * `other` is looked at in parallel, its endpoints found by id.
 */
export function mapSecrets(config: EndpointConfig, other: EndpointConfig | null, change: SecretChange): EndpointConfig {
  const mapRecord = (record: Record<string, unknown> | undefined, others: unknown) =>
    record === undefined ? undefined : mapMembers(record, others, false, change);
  const mapped = mapEndpoints(config, (endpoint, keyType) => {
    const otherEndpoint = other ? endpointsOf(other, keyType).find(({ id }) => id === endpoint.id) : undefined;
    return {
      ...endpoint,
      ...(endpoint.extra && { extra: mapRecord(endpoint.extra, otherEndpoint?.extra) }),
      ...(endpoint.settingsExtra && { settingsExtra: mapRecord(endpoint.settingsExtra, otherEndpoint?.settingsExtra) }),
    };
  });
  return { ...mapped, ...(config.extra && { extra: mapRecord(config.extra, other?.extra) }) };
}

/** Any stored value with its secrets emptied, for documents that are not valid and so have no known shape. */
export function withoutSecrets(value: unknown): unknown {
  return mapValue(value, undefined, false, () => "");
}

function mapMembers(
  record: Record<string, unknown>,
  others: unknown,
  inSecret: boolean,
  change: SecretChange,
): Record<string, unknown> {
  const secured = record.secured === true; // WSO2 marks custom parameters of OAuth so.
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => {
      const other = isRecord(others) ? others[key] : undefined;
      const secret = inSecret || secretName.test(key) || (secured && key === "value");
      if (key === "customParameters" && typeof value === "string") return [key, mapJsonText(value, other, change)];
      return [key, mapValue(value, other, secret, change)];
    }),
  );
}

function mapValue(value: unknown, other: unknown, secret: boolean, change: SecretChange): unknown {
  if (Array.isArray(value)) {
    return value.map((member: unknown, index) =>
      mapValue(member, Array.isArray(other) ? other[index] : undefined, secret, change),
    );
  }
  if (isRecord(value)) return mapMembers(value, other, secret, change);
  if (!secret || (typeof value !== "string" && typeof value !== "number")) return value;
  return change(String(value), typeof other === "string" ? other : "");
}

/** WSO2 also keeps custom parameters as a JSON text. */
function mapJsonText(text: string, other: unknown, change: SecretChange): string {
  const value = parseRecord(text);
  if (!value) return text;
  const others = typeof other === "string" ? parseRecord(other) : undefined;
  const before = JSON.stringify(value);
  const after = JSON.stringify(mapMembers(value, others, false, change));
  return after === before ? text : after; // A text without secrets stays as it was spelled.
}

function parseRecord(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined; // Any other text: it has no keys by which we could know a secret.
  }
}
