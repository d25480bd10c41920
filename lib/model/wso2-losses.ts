import { type EndpointConfig, endpointsOf, keyTypes } from "./endpoint-config.ts";

/** Something that a configuration says and WSO2 does not do: the key that says it in WSO2's form, and what WSO2 does. */
export type Wso2Loss = { path: string; words: string };

/**
 * What WSO2 would do otherwise if it were given this configuration; empty: nothing. All of it stays in the written
 * document under keys that WSO2 ignores, so reading it back here restores it.
 */
export function lossesInWso2(config: EndpointConfig): Wso2Loss[] {
  const isBalanced = config.kind === "load-balance" || config.kind === "tiered";
  const endpoints = keyTypes.flatMap((keyType) => endpointsOf(config, keyType));
  const losses: (Wso2Loss | false)[] = [
    config.kind === "tiered" && {
      path: "tier",
      words: "Pools: it tries the endpoints one after the other, without sharing the load within a pool.",
    },
    config.kind === "tiered" &&
      config.session.kind !== "none" && {
        path: "sessionManagement",
        words: "Session Management: its failover groups have none.",
      },
    isBalanced &&
      endpoints.some(({ weight = 1 }) => weight !== 1) && {
        path: "weight",
        words: "Weights: it gives every endpoint of a group the same share.",
      },
    endpoints.some(({ settings }) => settings.disabledErrorCodes?.length) && {
      path: "disabledErrorCodes",
      words: "Error codes never tried elsewhere: it tries another endpoint after every code.",
    },
    config.retryNonIdempotent && {
      path: "retryNonIdempotent",
      words: "Retry non-idempotent requests: it has no such setting.",
    },
    config.failoverStatuses !== undefined && {
      path: "failoverStatuses",
      words: "Fail over on HTTP statuses: it passes every HTTP answer on to the client.",
    },
    config.healthCheck !== undefined && {
      path: "healthCheck",
      words: "Health checks: it learns that an endpoint is down from a request that fails.",
    },
    config.slowStartMs !== undefined && {
      path: "slowStartMs",
      words: "Slow start: it gives an endpoint that came back its whole share at once.",
    },
  ];
  return losses.filter((loss) => loss !== false);
}
