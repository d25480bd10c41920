import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase } from "../scripts/testing/database.ts";
import { type Backend, startBackend } from "./support/backend.ts";
import { type ClosablePort, closablePort } from "./support/closable-port.ts";
import { callBackend, callBackends } from "./support/gateway-calls.ts";
import { loadBalanced, publishApi } from "./support/publish.ts";
import { isRecord } from "./support/rest.ts";
import { type Stack, startStack } from "./support/stack.ts";
import { waitFor } from "./support/wait-for.ts";

let stack: Stack;
let backends: Backend[];
let database: ClosablePort;
let drop: () => Promise<void>;

beforeAll(async () => {
  const own = await createTestDatabase();
  drop = own.drop;
  const url = new URL(own.url);
  database = await closablePort({ host: url.hostname, port: Number(url.port) });
  url.hostname = "127.0.0.1";
  url.port = String(database.port);
  [stack, ...backends] = await Promise.all([
    startStack({ databaseUrl: url.href }),
    startBackend("A"),
    startBackend("B"),
  ]);
});
afterAll(async () => {
  await Promise.all([stack?.stop(), ...backends.map((backend) => backend.stop())]);
  await database.close();
  await drop();
});

async function databaseState(): Promise<unknown> {
  const response = await fetch(`${stack.gatewayAdminUrl}/status`);
  const status: unknown = await response.json();
  return isRecord(status) ? status.database : undefined;
}

it("serves on while PostgreSQL is gone, starts without it, and follows changes when it is back", async () => {
  const api = await publishApi(stack, "Surviving", loadBalanced(backends.map((backend) => backend.url)));
  expect(await callBackends(api.url, 2, api.production)).toEqual(["A", "B"]);

  await database.close();
  await waitFor("the gateway to notice", async () => ((await databaseState()) === "disconnected" ? true : undefined));
  expect(await callBackends(api.url, 2, api.production)).toEqual(["A", "B"]);

  await stack.restartGateway();
  expect(await callBackends(api.url, 3, api.production)).toEqual(["A", "B", "A"]);

  await database.open();
  await waitFor(
    "the gateway to reconnect",
    async () => ((await databaseState()) === "connected" ? true : undefined),
    40_000,
  );
  await api.configure(loadBalanced(backends.slice(1).map((backend) => backend.url)));
  expect(await callBackend(api.url, api.production)).toBe("B");
});
