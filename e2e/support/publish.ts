import { number, text } from "./rest.ts";
import type { Stack } from "./stack.ts";

/** An API that was created, published and keyed over REST. */
export type PublishedApi = {
  id: string;
  /** Where it answers at the gateway, without a trailing slash. */
  url: string;
  production: Record<string, string>;
  sandbox: Record<string, string>;
  /** Replaces the endpoint configuration and waits until the gateway serves it. */
  configure: (endpointConfig: Record<string, unknown>) => Promise<void>;
};

/** Publishes an API over REST and waits until the gateway serves it. */
export async function publishApi(
  stack: Stack,
  name: string,
  endpointConfig: Record<string, unknown>,
): Promise<PublishedApi> {
  const context = `/${name.toLowerCase()}`;
  const created = await stack.rest("POST", "/apis", { name, context, version: "1.0.0", endpointConfig });
  if (created.status !== 201) throw new Error(`POST /apis: ${created.status} ${JSON.stringify(created.body)}`);
  const id = text(created.body, "id");
  const production = text(
    (await stack.rest("POST", `/apis/${id}/api-keys`, { name: "p", keyType: "PRODUCTION" })).body,
    "apikey",
  );
  const sandbox = text(
    (await stack.rest("POST", `/apis/${id}/api-keys`, { name: "s", keyType: "SANDBOX" })).body,
    "apikey",
  );
  const published = await stack.rest("POST", `/apis/change-lifecycle?apiId=${id}&action=Publish`);
  if (published.status !== 200) throw new Error(`publish: ${published.status} ${JSON.stringify(published.body)}`);
  const waitLive = async () =>
    stack.waitUntilLive(id, number((await stack.rest("GET", `/apis/${id}`)).body, "revision"));
  await waitLive();
  return {
    id,
    url: `${stack.gatewayUrl}${context}/1.0.0`,
    production: { apikey: production },
    sandbox: { apikey: sandbox },
    configure: async (next) => {
      const current = await stack.rest("GET", `/apis/${id}`);
      const saved = await stack.rest("PUT", `/apis/${id}`, { ...current.body, endpointConfig: next });
      if (saved.status !== 200) throw new Error(`PUT: ${saved.status} ${JSON.stringify(saved.body)}`);
      await waitLive();
    },
  };
}

/** `endpointConfig` of a load-balanced API over these production URLs. */
export function loadBalanced(urls: string[], more: Record<string, unknown> = {}): Record<string, unknown> {
  return { endpoint_type: "load_balance", production_endpoints: urls.map((url) => ({ url })), ...more };
}

/** `endpointConfig` of a failover API: the first URL is the primary. `config` goes to every member. */
export function failover(urls: string[], config: Record<string, string> = {}): Record<string, unknown> {
  const [primary, ...others] = urls.map((url) => ({ url, config }));
  return { endpoint_type: "failover", production_endpoints: primary, production_failovers: others };
}

/** `endpointConfig` of a tiered API: the first list is the primary pool. `more` goes beside the endpoints. */
export function tiered(pools: string[][], more: Record<string, unknown> = {}): Record<string, unknown> {
  const [primary, ...others] = pools.flatMap((urls, index) => urls.map((url) => ({ url, tier: index + 1 })));
  return { endpoint_type: "failover", production_endpoints: primary, production_failovers: others, ...more };
}
