import { afterAll, beforeAll, expect, it } from "vitest";
import { type Backend, startBackend } from "./support/backend.ts";
import { callBackend } from "./support/gateway-calls.ts";
import { loadBalanced, publishApi } from "./support/publish.ts";
import { number } from "./support/rest.ts";
import { type Stack, startStack } from "./support/stack.ts";

let stack: Stack;
let backends: Backend[];

beforeAll(async () => {
  [stack, ...backends] = await Promise.all([startStack(), startBackend("A"), startBackend("B"), startBackend("C")]);
});
afterAll(async () => {
  await Promise.all([stack?.stop(), ...backends.map((backend) => backend.stop())]);
});

it("takes 200 saves under traffic without one failed or misrouted request", async () => {
  const urls = backends.map((backend) => backend.url);
  const changing = await publishApi(stack, "Saved", loadBalanced(urls));
  const steady = await publishApi(stack, "Steady", loadBalanced(urls.slice(0, 1)));
  const wrong: string[] = [];
  let calls = 0;
  let running = true;
  const traffic = [changing, steady, changing, steady].map(async (api) => {
    const expected = api === steady ? ["A"] : ["A", "B", "C"];
    while (running) {
      const answer = await callBackend(api.url, api.production);
      calls += 1;
      if (!expected.includes(answer)) wrong.push(answer);
    }
  });

  const times: number[] = [];
  let document = (await stack.rest("GET", `/apis/${changing.id}`)).body;
  for (let save = 0; save < 200; save += 1) {
    const members = urls.filter((_url, index) => index !== save % 3);
    const saved = await stack.rest("PUT", `/apis/${changing.id}`, {
      ...document,
      endpointConfig: loadBalanced(members),
    });
    const committed = performance.now();
    expect(saved.status).toBe(200);
    document = saved.body;
    await stack.waitUntilLive(changing.id, number(document, "revision"));
    times.push(performance.now() - committed);
  }
  running = false;
  await Promise.all(traffic);

  times.sort((a, b) => a - b);
  console.log(
    `live after the answer to a save: median ${times[100]?.toFixed(0)} ms, p99 ${times[197]?.toFixed(0)} ms; ${calls} calls`,
  );
  expect(wrong).toEqual([]);
  expect(calls).toBeGreaterThan(200);
});
