import { type EndpointConfig, endpointsOf, keyTypes } from "@/lib/model/endpoint-config.ts";
import { endpointTarget } from "@/lib/model/endpoint-target.ts";

/** Where an endpoint is reached over TLS. */
export type EndpointHost = { hostname: string; port: number; host: string };

/** The hosts of a configuration's https endpoints, each once. */
export function endpointHosts(config: EndpointConfig | null): EndpointHost[] {
  if (!config) return [];
  const targets = keyTypes
    .flatMap((keyType) => endpointsOf(config, keyType))
    .map(({ url }) => endpointTarget(url))
    .filter(({ protocol }) => protocol === "https:");
  return [...new Map(targets.map(({ hostname, port, host }) => [host, { hostname, port, host }])).values()];
}
