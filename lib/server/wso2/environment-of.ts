type Values = Record<string, unknown>;

/**
 * What params.yaml says for one environment so that an API has the endpoints that it has: what a pipeline takes as a
 * pattern for its other environments. undefined: it has none.
 *
 * @param endpointConfig in WSO2's form
 */
export function environmentOf(endpointConfig: Values): Values | undefined {
  const { production_endpoints: production, sandbox_endpoints: sandbox } = endpointConfig;
  if (production === undefined && sandbox === undefined) return undefined;
  switch (endpointConfig.endpoint_type) {
    case "load_balance":
      return {
        endpointRoutingPolicy: "load_balanced",
        loadBalanceEndpoints: defined({
          ...{ production, sandbox },
          sessionManagement: endpointConfig.sessionManagement,
          sessionTimeOut: endpointConfig.sessionTimeOut,
          algoClassName: endpointConfig.algoClassName,
        }),
      };
    case "failover":
      return {
        endpointRoutingPolicy: "failover",
        failoverEndpoints: defined({
          ...{ production, productionFailovers: endpointConfig.production_failovers },
          ...{ sandbox, sandboxFailovers: endpointConfig.sandbox_failovers },
        }),
      };
    default:
      return {
        endpointType: endpointConfig.endpoint_type === "address" ? "soap" : "rest",
        endpoints: defined({ production, sandbox }),
      };
  }
}

function defined(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
