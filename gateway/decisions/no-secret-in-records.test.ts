import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decisionRecordSchema } from "../../lib/model/decision-record.ts";
import { jwtSettingsSchema } from "../../lib/model/jwt-settings.ts";
import { apiWith } from "../testing/api-with.ts";
import { call } from "../testing/call.ts";
import { startGateway, type TestGateway } from "../testing/start-gateway.ts";
import { refusingUrl, type StubBackend, startBackend } from "../testing/stub-backend.ts";

const canary = "Canary0Secret";
const key = `flk_${canary}`;

let gateway: TestGateway;
let backend: StubBackend;

beforeAll(async () => {
  gateway = await startGateway({ logLevel: "silent" });
  backend = await startBackend();
  backend.behave(backend.answering(200, { "Set-Cookie": `JSESSIONID=${canary}`, "X-Back": canary }, canary));
  const hash = createHash("sha256").update(key).digest("hex");
  const production = [`${await refusingUrl()}/?token=${canary}`, `${backend.url}/${canary}?token=${canary}`];
  const kinds = ["transport", "soap", "client-id"].map((kind) =>
    apiWith({ id: kind, context: `/${kind}`, production, session: { kind } }),
  );
  const keys = [{ id: "k", hash, keyType: "production" as const, expiresAtMs: null }];
  const jwt = jwtSettingsSchema.parse({ issuer: canary, audiences: [canary], jwksUrl: await refusingUrl() });
  const bearer = apiWith({ id: "bearer", context: "/bearer", production, runtime: { jwt } });
  await gateway.serve(
    ...kinds,
    bearer,
    apiWith({ id: "closed", context: "/closed", production, apiKeyRequired: true, keys }),
  );
});
afterAll(async () => {
  await gateway.close();
  await backend.stop();
});

const envelope = (id: string) =>
  `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><a:ServiceGroupId ` +
  `xmlns:a="http://ws.apache.org/namespaces/axis2">${id}</a:ServiceGroupId></e:Header></e:Envelope>`;

const requests = fc.record({
  context: fc.constantFrom("transport", "soap", "client-id", "closed", "bearer", "nowhere"),
  method: fc.constantFrom("GET", "POST", "PUT", "DELETE"),
  fields: fc.subarray([
    ["Authorization", `Bearer ${canary}`],
    ["Cookie", `JSESSIONID=${canary}; FAIRLEAD_SESSION=${canary}`],
    ["ClientID", canary],
    ["apikey", key],
    ["apikey", `wrong ${canary}`],
    ["Internal-Key", `flt_${canary}.${canary}`],
    ["Idempotency-Key", canary],
    ["X-Forwarded-For", canary],
    ["Content-Type", `text/xml; ${canary}`],
    ["X-Request-Id", `${canary} and what no id has`],
  ]),
  query: fc.constantFrom("", `?${canary}`, `?apikey=${key}&x=${canary}`, `?${canary}#${canary}`),
  hasBody: fc.boolean(),
});

describe("a record", () => {
  it("holds nothing of header fields, queries, bodies, keys or an endpoint's path", async () => {
    await fc.assert(
      fc.asyncProperty(requests, async ({ context, method, fields, query, hasBody }) => {
        const body = hasBody && method !== "GET" ? envelope(canary) : undefined;
        const headers = ["Host", "h", ...fields.flat(), ...(body ? ["Content-Length", String(body.length)] : [])];
        const path = `/${context}/1.0.0/items${query}`;
        const answer = await call(gateway.port, { method, path, headers, ...(body && { body }) });
        const id = String(answer.headers["x-request-id"]);
        await expect.poll(() => gateway.gateway.workers.worker.decisions.find(id)).toBeDefined();
        const { text } = await call(gateway.adminPort, { path: `/requests/${id}` });
        expect(text).toContain(`"path":"/${context}/1.0.0/items"`);
        expect(text).not.toContain(canary);
        const list = await call(gateway.adminPort, { path: "/requests?limit=100" });
        expect(list.text).not.toContain(canary);
        for (const record of JSON.parse(list.text).requests) decisionRecordSchema.parse(record);
      }),
      { numRuns: 60 },
    );
  });
});
