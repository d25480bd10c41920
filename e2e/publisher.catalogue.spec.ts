import { afterAll, beforeAll, expect, it } from "vitest";
import { type Backend, startBackend } from "./support/backend.ts";
import { storeCatalogue } from "./support/catalogue.ts";
import { callBackend } from "./support/gateway-calls.ts";
import { loadBalanced, publishApi } from "./support/publish.ts";
import { number } from "./support/rest.ts";
import { type Stack, startStack } from "./support/stack.ts";

const stored = 10_000;
let stack: Stack;
let backend: Backend;

beforeAll(async () => {
  [stack, backend] = await Promise.all([startStack(), startBackend("A")]);
  await storeCatalogue(stack.databaseUrl, stored, backend.url);
});
afterAll(async () => {
  await Promise.all([stack?.stop(), backend?.stop()]);
});

async function metric(name: string): Promise<number> {
  const response = await fetch(`${stack.gatewayAdminUrl}/metrics`);
  const line = (await response.text()).split("\n").find((each) => each.startsWith(`${name} `));
  return Number(line?.split(" ")[1]);
}

it("lists and searches ten thousand APIs by pages", async () => {
  const started = performance.now();
  const page = await stack.rest("GET", "/apis?limit=25&offset=5000");
  const listed = performance.now();
  const search = await stack.rest("GET", "/apis?limit=25&query=pizza");
  console.log(`list ${(listed - started).toFixed(0)} ms, search ${(performance.now() - listed).toFixed(0)} ms`);
  expect(page.body).toMatchObject({ count: 25, pagination: { total: stored, offset: 5000, limit: 25 } });
  expect(search.body).toMatchObject({ pagination: { total: stored / 10 } });
});

it("starts the gateway with all of them, and takes a change to one", async () => {
  const started = performance.now();
  await stack.restartGateway();
  console.log(
    `gateway ready after ${(performance.now() - started).toFixed(0)} ms, ${((await metric("process_resident_memory_bytes")) / 2 ** 20).toFixed(0)} MiB`,
  );
  expect(await callBackend(`${stack.gatewayUrl}/catalogue/9999/1.0.0`)).toBe("A");
  const api = await publishApi(stack, "OneMore", loadBalanced([backend.url]));
  expect(await callBackend(api.url, api.production)).toBe("A");
  expect(number((await stack.rest("GET", "/apis?limit=1")).body, "count")).toBe(1);
});
