import type { Endpoint, EndpointConfig, KeyType } from "./endpoint-config.ts";

type Change = (endpoint: Endpoint, keyType: KeyType) => Endpoint;

/** The same configuration with every endpoint replaced by what `change` makes of it; kind, order and settings stay. */
export function mapEndpoints(config: EndpointConfig, change: Change): EndpointConfig {
  switch (config.kind) {
    case "single":
      return {
        ...config,
        ...(config.production && { production: change(config.production, "production") }),
        ...(config.sandbox && { sandbox: change(config.sandbox, "sandbox") }),
      };
    case "load-balance":
      return {
        ...config,
        ...(config.production && { production: config.production.map((each) => change(each, "production")) }),
        ...(config.sandbox && { sandbox: config.sandbox.map((each) => change(each, "sandbox")) }),
      };
    case "failover": {
      const target = (keyType: KeyType) => {
        const group = config[keyType];
        if (!group) return {};
        const failovers = group.failovers.map((each) => change(each, keyType));
        return { [keyType]: { primary: change(group.primary, keyType), failovers } };
      };
      return { ...config, ...target("production"), ...target("sandbox") };
    }
    case "tiered": {
      const tiers = (keyType: KeyType) =>
        config[keyType]?.map((tier) => ({ ...tier, members: tier.members.map((each) => change(each, keyType)) }));
      return {
        ...config,
        ...(config.production && { production: tiers("production") }),
        ...(config.sandbox && { sandbox: tiers("sandbox") }),
      };
    }
  }
}
