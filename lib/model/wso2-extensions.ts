import type { EndpointConfig } from "./endpoint-config.ts";
import type { ReadContext } from "./wso2-endpoint.ts";
import { readBoolean, readNumber } from "./wso2-value.ts";

/**
 * Keys of `endpointConfig` that are ours: WSO2 keeps the whole document and reads only what it knows. What is not set is
 * not written, so that a configuration without them is WSO2's own, byte for byte.
 */
export function readExtensions(source: Record<string, unknown>, { issues, usedKeys }: ReadContext) {
  for (const key of ["retryNonIdempotent", "failoverStatuses", "healthCheck", "slowStartMs"]) usedKeys.add(key);
  const { failoverStatuses, healthCheck } = source;
  const slowStartMs = readNumber(source.slowStartMs, "slowStartMs", issues);
  return {
    retryNonIdempotent: readBoolean(source.retryNonIdempotent, "retryNonIdempotent", issues, false),
    // What is in them the schema tells: nothing older wrote them in another form.
    ...(failoverStatuses === undefined || failoverStatuses === null ? {} : { failoverStatuses }),
    ...(healthCheck === undefined || healthCheck === null ? {} : { healthCheck }),
    ...(slowStartMs === undefined ? {} : { slowStartMs }),
  };
}

/** The same keys as they are written. */
export function writeExtensions(config: EndpointConfig): Record<string, unknown> {
  const { retryNonIdempotent, failoverStatuses, healthCheck, slowStartMs } = config;
  return {
    ...(retryNonIdempotent && { retryNonIdempotent }),
    ...(failoverStatuses && { failoverStatuses }),
    ...(healthCheck && { healthCheck }),
    ...(slowStartMs === undefined ? {} : { slowStartMs }),
  };
}
