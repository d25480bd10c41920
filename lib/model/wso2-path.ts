import { type EndpointConfig, endpointsWithPaths, keyTypes } from "./endpoint-config.ts";

/**
 * Where the interchange form has what our model has at a path of `endpointConfig`: `production.primary.url` is
 * `production_endpoints.url`. Paths that are no endpoint's come back as they are.
 */
export function wso2Path(config: EndpointConfig, path: string): string {
  for (const keyType of keyTypes) {
    const endpoints = endpointsWithPaths(config, keyType);
    for (const [index, { path: parts }] of endpoints.entries()) {
      const own = parts.join(".");
      if (path !== own && !path.startsWith(`${own}.`)) continue;
      return `${endpointPlace(config.kind, keyType, index)}${path.slice(own.length)}`;
    }
  }
  return path;
}

function endpointPlace(kind: EndpointConfig["kind"], keyType: string, index: number): string {
  if (kind === "load-balance") return `${keyType}_endpoints.${index}`;
  return index === 0 ? `${keyType}_endpoints` : `${keyType}_failovers.${index - 1}`;
}
