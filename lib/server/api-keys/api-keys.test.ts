import { createHash, createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Api } from "../../model/api.ts";
import { createApi } from "../apis/create-api.ts";
import { getApi } from "../apis/get-api.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher, testSecret } from "../testing/publisher.ts";
import { createApiKey } from "./create-api-key.ts";
import { generateTryOutKey } from "./generate-try-out-key.ts";
import { listApiKeys } from "./list-api-keys.ts";
import { revokeApiKey } from "./revoke-api-key.ts";

let publisher: TestPublisher;
let ann: ServerContext;
let bob: ServerContext;
let api: Api;

beforeAll(async () => {
  publisher = await openTestPublisher();
  ann = await publisher.person("Ann");
  bob = await publisher.person("Bob");
  api = await createApi(ann, { name: "Pizza", context: "/pizza", version: "1", endpointUrl: "http://a.example" });
});
afterAll(() => publisher?.close());

const row = () => publisher.db.api.findUniqueOrThrow({ where: { id: api.id } });
const inOneHour = () => new Date(Date.now() + 3_600_000);

describe("a consumer's key", () => {
  it("is shown once, and stored as its hash and its first characters", async () => {
    const { key, secret } = await createApiKey(ann, api.id, {
      name: "Shop",
      keyType: "sandbox",
      expiresAt: inOneHour(),
    });

    expect(secret).toMatch(/^flk_[A-Za-z0-9_-]{43}$/);
    expect(key).toMatchObject({ name: "Shop", keyType: "sandbox", prefix: secret.slice(0, 10) });
    const stored = await publisher.db.apiKey.findUniqueOrThrow({ where: { id: key.id } });
    expect(stored.hash).toBe(createHash("sha256").update(secret).digest("hex"));
    expect(await listApiKeys(ann, api.id)).toEqual([key]);
    const everything = JSON.stringify([stored, await publisher.db.auditEvent.findMany()], (_, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    expect(everything).not.toContain(secret);
    expect(everything).toContain("api-key.create");
  });

  it("moves the number that gateways read by, and leaves the document's where it is", async () => {
    const before = await row();
    const { key } = await createApiKey(ann, api.id, { name: "Numbers", keyType: "production" });
    const created = await row();
    await revokeApiKey(ann, api.id, key.id);
    const revoked = await row();

    expect(created.changeRevision).toBeGreaterThan(before.changeRevision);
    expect(revoked.changeRevision).toBeGreaterThan(created.changeRevision);
    expect(revoked).toMatchObject({ revision: before.revision, updatedAt: before.updatedAt });
    expect((await getApi(ann, api.id)).revision).toBe(api.revision);
    expect((await listApiKeys(ann, api.id)).map(({ name }) => name)).not.toContain("Numbers");
  });

  it("has a name of its own in its API, also when twenty are made at once", async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => createApiKey(ann, api.id, { name: "Contested", keyType: "production" })),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(reasons).toMatchObject(reasons.map(() => ({ kind: "conflict", items: [{ path: "name" }] })));
  });

  it.each([
    ["no name", { name: " " }, "name"],
    ["an expiry in the past", { expiresAt: new Date(0) }, "expiresAt"],
    ["an expiry that is no time", { expiresAt: new Date(Number.NaN) }, "expiresAt"],
  ])("is refused with %s", async (_, change, path) => {
    const input = { name: "Refused", keyType: "production" as const, ...change };
    await expect(createApiKey(ann, api.id, input)).rejects.toMatchObject({ kind: "invalid", items: [{ path }] });
  });

  it("is nobody's business but the API's provider's", async () => {
    const { key } = await createApiKey(ann, api.id, { name: "Private", keyType: "production" });
    await expect(listApiKeys(bob, api.id)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(revokeApiKey(bob, api.id, key.id)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(createApiKey(bob, api.id, { name: "B", keyType: "production" })).rejects.toMatchObject({
      kind: "forbidden",
    });
    await expect(generateTryOutKey(bob, api.id, "production")).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("cannot be revoked through another API, nor twice", async () => {
    const other = await createApi(ann, { name: "Other", context: "/other", version: "1" });
    const { key } = await createApiKey(ann, api.id, { name: "Once", keyType: "production" });
    await expect(revokeApiKey(ann, other.id, key.id)).rejects.toMatchObject({ kind: "not-found" });
    await revokeApiKey(ann, api.id, key.id);
    await expect(revokeApiKey(ann, api.id, key.id)).rejects.toMatchObject({ kind: "not-found" });
    await expect(revokeApiKey(ann, api.id, "nonsense")).rejects.toMatchObject({ kind: "not-found" });
  });
});

describe("a try-out key", () => {
  it("says what it is for and until when, signed with the installation's secret", async () => {
    const before = Date.now();
    const { key, validityMs } = await generateTryOutKey(ann, api.id, "sandbox");

    const [, payload = "", signature] = /^flt_([\w-]+)\.([\w-]+)$/.exec(key) ?? [];
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
    expect(claims).toEqual({ apiId: api.id, keyType: "sandbox", expiresAtMs: expect.any(Number) });
    expect(claims).toMatchObject({ expiresAtMs: expect.closeTo(before + validityMs, -4) });
    expect(signature).toBe(createHmac("sha256", `try-out:${testSecret}`).update(payload).digest("base64url"));
  });
});
