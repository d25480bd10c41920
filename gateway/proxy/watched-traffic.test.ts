import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apiWith } from "../testing/api-with.ts";
import { call } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { type StubBackend, startBackend } from "../testing/stub-backend.ts";

let gateway: TestGateway;
let backend: StubBackend;

beforeEach(async () => {
  gateway = await startGateway();
  backend = await startBackend("A");
});
afterEach(async () => {
  await gateway.close();
  await backend.stop();
});

describe("the traffic of an API whose publishes are guarded", () => {
  it("is counted by the revision that served it, with the gateway's own answers", async () => {
    await gateway.serve(apiWith({ production: [backend.url], watched: true, revision: 7 }));
    await call(gateway.port);
    backend.behave(backend.answering(404, {}, "nothing here"));
    await call(gateway.port);
    const refusing = "http://127.0.0.1:9";
    await gateway.serve(apiWith({ kind: "single", production: [refusing], watched: true, revision: 8 }));
    await call(gateway.port);

    const counts = await gateway.gateway.workers.takeWatchCounts();
    expect(counts).toMatchObject([
      { apiId: "api-1", revision: 7, requests: 2, failures: 1 },
      { apiId: "api-1", revision: 8, requests: 1, failures: 1 },
    ]);
  });

  it("is not counted where nobody asked for it", async () => {
    await gateway.serve(apiWith({ production: [backend.url] }));
    await call(gateway.port);
    expect(await gateway.gateway.workers.takeWatchCounts()).toEqual([]);
  });
});
