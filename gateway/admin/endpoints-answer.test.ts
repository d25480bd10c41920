import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endpointsAnswerSchema } from "../../lib/model/gateway-ask.ts";
import { apiWith } from "../testing/api-with.ts";
import { call } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { refusingUrl, type StubBackend, startBackend } from "../testing/stub-backend.ts";

let gateway: TestGateway;
let backend: StubBackend;
let now: number;
const startedAt = Date.UTC(2030, 0, 1);

beforeEach(async () => {
  now = 5_000;
  gateway = await startGateway({ now: () => now, wallClock: () => startedAt + now });
  backend = await startBackend();
});
afterEach(async () => {
  await gateway.close();
  await backend.stop();
});

async function endpoints(apiId = "api-1") {
  const answer = endpointsAnswerSchema.optional().parse(await gateway.gateway.answer({ kind: "endpoints", apiId }));
  return answer?.groups.production?.endpoints;
}

describe("what a publisher asks about endpoints", () => {
  it("is answered with state, times that are left, and the last minutes", async () => {
    const refusing = await refusingUrl();
    await gateway.serve(apiWith({ production: [refusing, backend.url] }));
    await call(gateway.port);
    now += 2 * 60_000;
    await call(gateway.port);
    now += 1_000;
    expect(await endpoints()).toMatchObject([
      {
        ...{
          id: "a",
          url: refusing,
          state: "SUSPENDED",
          draining: false,
          healthDown: false,
          suspendDurationMs: 30_000,
        },
        nextRetryAt: { at: "2030-01-01T00:02:35.000Z", inMs: 29_000 },
        lastError: { code: "101503", at: "2030-01-01T00:02:05.000Z", message: "Connection failed" },
        ...{ requests: 2, failures: 2 },
        minutes: [
          { ago: 2, requests: 1, failures: 1 },
          { ago: 0, requests: 1, failures: 1 },
        ],
      },
      { id: "b", state: "ACTIVE", nextRetryAt: null, lastError: null, requests: 2, failures: 0 },
    ]);
  });

  it("tells of switches, and nothing of an API that is not served", async () => {
    const api = apiWith({ production: [backend.url, backend.url] });
    await gateway.serve({
      ...api,
      switches: [
        { keyType: "production", endpointId: "a", position: "off" },
        { keyType: "production", endpointId: "b", position: "drain" },
      ],
    });
    expect(await endpoints()).toMatchObject([
      { state: "OFF", draining: false },
      { state: "ACTIVE", draining: true },
    ]);
    expect(await endpoints("another")).toBeUndefined();
  });

  it("gives a fresh start to the one endpoint that is named", async () => {
    await gateway.serve(apiWith({ production: [await refusingUrl(), await refusingUrl()] }));
    await call(gateway.port);
    expect((await endpoints())?.map(({ state }) => state)).toEqual(["SUSPENDED", "SUSPENDED"]);
    const switchOn = { kind: "switch-on", apiId: "api-1", keyType: "production", endpointId: "b" } as const;
    await gateway.gateway.answer(switchOn);
    await gateway.gateway.answer({ ...switchOn, endpointId: "gone" });
    await gateway.gateway.answer({ ...switchOn, apiId: "gone" });
    expect((await endpoints())?.map(({ state }) => state)).toEqual(["SUSPENDED", "ACTIVE"]);
  });
});
