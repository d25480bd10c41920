import { poolName } from "@/components/endpoints/draft-pools.ts";
import { type EndpointConfig, endpointsWithPaths, type KeyType } from "@/lib/model/endpoint-config.ts";

/** A member as it is configured now; `label` is its place in the words of the Endpoints page, "" where it stands alone. */
export type ConfiguredMember = { id: string; url: string; label: string };

/** The members that serve a key type. */
export function configuredMembers(config: EndpointConfig, keyType: KeyType): ConfiguredMember[] {
  return endpointsWithPaths(config, keyType).map(({ endpoint: { id, url }, path }, index) => {
    return { id, url, label: labelOf(config.kind, path, index) };
  });
}

function labelOf(kind: EndpointConfig["kind"], path: readonly (string | number)[], index: number): string {
  switch (kind) {
    case "single":
      return "";
    case "load-balance":
    case "failover":
      return `Member ${index + 1}`;
    case "tiered": {
      const [, tier, , place] = path;
      return `${poolName(Number(tier))}, member ${Number(place) + 1}`;
    }
  }
}
