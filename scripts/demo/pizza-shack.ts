import { answers, type PublisherClient } from "./publisher-client.ts";

const name = "PizzaShackAPI";
const version = "1.0.0";
const keyName = "demo";

/** Path of the sample API at the gateway. */
export const pizzaShackPath = `/pizzashack/${version}`;

/**
 * Makes the sample API, load balanced over the given URLs and published, or points the one that is there at them: the
 * backends of every demo listen elsewhere. Answers a fresh key; the one of the last demo is revoked.
 */
export async function publishPizzaShack(publisher: PublisherClient, backendUrls: readonly string[]): Promise<string> {
  const endpointConfig = {
    endpoint_type: "load_balance",
    algoCombo: "org.apache.synapse.endpoints.algorithms.RoundRobin",
    algoClassName: "org.apache.synapse.endpoints.algorithms.RoundRobin",
    sessionManagement: "",
    sessionTimeOut: "",
    failOver: "True",
    production_endpoints: backendUrls.map((url) => ({ url })),
  };
  const id = (await findPizzaShack(publisher)) ?? (await createPizzaShack(publisher));
  const { answer: api, etag } = await publisher.call(answers.api, "GET", `/apis/${id}`);
  await publisher.call(answers.api, "PUT", `/apis/${id}`, { ...api, endpointConfig }, etag);
  if (api.lifeCycleStatus !== "PUBLISHED") {
    await publisher.call(answers.nothing, "POST", `/apis/change-lifecycle?apiId=${id}&action=Publish`);
  }
  return await renewKey(publisher, id);
}

async function findPizzaShack(publisher: PublisherClient): Promise<string | undefined> {
  const { answer } = await publisher.call(answers.apis, "GET", `/apis?limit=500&query=name:${name}`);
  return answer.list.find((api) => api.name === name && api.version === version)?.id;
}

async function createPizzaShack(publisher: PublisherClient): Promise<string> {
  const description = "Orders pizza at three shops in turn: the sample API of the demo.";
  const body = { name, version, context: "/pizzashack", displayName: "Pizza Shack", description, tags: ["pizza"] };
  const { answer } = await publisher.call(answers.api, "POST", "/apis", body);
  return answer.id;
}

async function renewKey(publisher: PublisherClient, apiId: string): Promise<string> {
  const path = `/apis/${apiId}/api-keys`;
  const { answer: keys } = await publisher.call(answers.keys, "GET", path);
  const last = keys.find((key) => key.name === keyName);
  if (last !== undefined) await publisher.call(answers.nothing, "DELETE", `${path}/${last.id}`);
  const { answer } = await publisher.call(answers.newKey, "POST", path, { name: keyName, keyType: "PRODUCTION" });
  return answer.apikey;
}
