import { createHmac } from "node:crypto";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apiWith } from "../testing/api-with.ts";
import { call } from "../testing/call.ts";
import { startGateway, type TestGateway, testSecret } from "../testing/start-gateway.ts";
import { refusingUrl, type StubBackend, startBackend } from "../testing/stub-backend.ts";

let gateway: TestGateway;
let backend: StubBackend;

beforeEach(async () => {
  gateway = await startGateway();
  backend = await startBackend();
});
afterEach(async () => {
  await gateway.close();
  await backend.stop();
});

function tryOutKey(keyType = "production", apiId = "api-1"): string {
  const claim = { apiId, keyType, expiresAtMs: Date.now() + 60_000 };
  const payload = Buffer.from(JSON.stringify(claim)).toString("base64url");
  return `flt_${payload}.${createHmac("sha256", `try-out:${testSecret}`).update(payload).digest("base64url")}`;
}

const callWith = (key: string) => call(gateway.port, { headers: { "Internal-Key": key } });

describe("the header with the decision", () => {
  it("tells the caller with a try-out key where the request went, and why", async () => {
    const refusing = await refusingUrl();
    await gateway.serve(apiWith({ production: [refusing, backend.url], session: { kind: "client-id" } }));
    const { headers } = await callWith(tryOutKey());
    expect(JSON.parse(String(headers["x-fairlead-decision"]))).toEqual({
      gateway: "gateway-under-test",
      revision: 1,
      keyType: "production",
      session: "client-id",
      isSessionFound: false,
      rounds: [
        { endpoint: "a", origin: refusing, by: "turn", attempts: [{ outcome: "101503", ms: expect.any(Number) }] },
        expect.objectContaining({
          endpoint: "b",
          origin: backend.url,
          attempts: [expect.objectContaining({ outcome: 200 })],
        }),
      ],
    });
    await callWith(tryOutKey());
    const next = JSON.parse(String((await callWith(tryOutKey())).headers["x-fairlead-decision"]));
    expect(next.rounds[0].passedBy).toEqual([{ endpoint: "a", reason: "suspended", until: expect.any(String) }]);
  });

  it.each([
    ["no key at all", {}],
    ["a try-out key of another API", { "Internal-Key": tryOutKey("production", "api-2") }],
    ["a try-out key that is none", { "Internal-Key": "flt_x.y" }],
  ])("is not for callers with %s", async (_title, headers) => {
    const production = [backend.url];
    await gateway.serve(apiWith({ production }), apiWith({ id: "k", context: "/k", apiKeyRequired: true, production }));
    for (const path of ["/shop/1.0.0", "/k/1.0.0"]) {
      const answer = await call(gateway.port, { path, headers });
      expect(answer.headers).not.toHaveProperty("x-fairlead-decision");
    }
  });

  it.each([
    ["nothing can be attempted", "production", "101503", "no-endpoint-left"],
    ["there is no endpoint of the key's type", "sandbox", "900901", undefined],
  ])("comes with the gateway's own answers: %s", async (_title, keyType, code, noRetry) => {
    await gateway.serve(apiWith({ production: [await refusingUrl()] }));
    const answer = await callWith(tryOutKey(keyType));
    expect(JSON.parse(answer.text).code).toBe(code);
    const decision = JSON.parse(String(answer.headers["x-fairlead-decision"]));
    expect([decision.noRetry, decision.keyType]).toEqual([noRetry, keyType]);
  });

  it("comes with the answer to an upgrade", async () => {
    await gateway.serve(apiWith({ production: [await refusingUrl()] }));
    const client = connect(gateway.port, "127.0.0.1");
    const fields = `Host: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nInternal-Key: ${tryOutKey()}\r\n`;
    client.write(`GET /shop/1.0.0 HTTP/1.1\r\n${fields}\r\n`);
    let text = "";
    for await (const chunk of client) text += chunk;
    expect(text).toMatch(/^HTTP\/1.1 502 .*\r\n(.*\r\n)*X-Fairlead-Decision: \{.*"noRetry":"no-endpoint-left"/);
  });

  it("stays short and in ASCII, and says how much is left out", async () => {
    const refusing = await refusingUrl();
    const gone = Array.from({ length: 60 }, (_, index) => ({ url: refusing, id: `Endpunkt-ü-${index}` }));
    await gateway.serve(apiWith({ production: [...gone, backend.url] }));
    for (const isFirst of [true, false]) {
      // The first request tries everybody, the second passes everybody by.
      const answer = await callWith(tryOutKey());
      const value = String(answer.headers["x-fairlead-decision"]);
      expect(value).toMatch(/^[\x20-\x7e]{1,2048}$/);
      const { rounds, leftOut } = JSON.parse(value);
      expect(rounds.at(-1).origin).toBe(backend.url);
      expect(leftOut).toBeGreaterThan(isFirst ? 1 : 50);
    }
  });
});
