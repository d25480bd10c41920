import { createHash, createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadChanges } from "../../db/load-snapshot.ts";
import { recordUsedKeys } from "../../db/record-used-keys.ts";
import type { Api } from "../../model/api.ts";
import { jwtSettingsSchema } from "../../model/jwt-settings.ts";
import { createApi } from "../apis/create-api.ts";
import { getApi } from "../apis/get-api.ts";
import { updateApi } from "../apis/update-api.ts";
import type { ServerContext } from "../context.ts";
import { createRateTier, deleteRateTier, updateRateTier } from "../rate-tiers/change-rate-tiers.ts";
import { listRateTiers } from "../rate-tiers/list-rate-tiers.ts";
import { openTestPublisher, type TestPublisher, testSecret } from "../testing/publisher.ts";
import { changeApiKey } from "./change-api-key.ts";
import { createApiKey } from "./create-api-key.ts";
import { generateTryOutKey } from "./generate-try-out-key.ts";
import { listApiKeys } from "./list-api-keys.ts";
import { revokeApiKey } from "./revoke-api-key.ts";
import { rotateApiKey } from "./rotate-api-key.ts";

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

describe("a key that is rotated", () => {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
  const credentials = async () => {
    const { upserts, refused } = await loadChanges(publisher.db, 0);
    expect(refused).toEqual([]);
    return upserts.find(({ id }) => id === api.id)?.keys ?? [];
  };
  const hashOf = (secret: string) => createHash("sha256").update(secret).digest("hex");

  it("leaves both good for the overlap, under one id, and only the new one afterwards", async () => {
    await publisher.db.api.update({ where: { id: api.id }, data: { lifecycleState: "PUBLISHED" } });
    const first = await createApiKey(ann, api.id, { name: "Turning", keyType: "production" });
    const endsAt = inDays(7);
    const second = await rotateApiKey(ann, api.id, first.key.id, { previousEndsAt: endsAt });

    expect(second.key).toMatchObject({ id: first.key.id, previousPrefix: first.key.prefix, previousEndsAt: endsAt });
    const both = (await credentials()).filter(({ id }) => id === first.key.id);
    expect(both.map(({ hash, expiresAtMs }) => [hash, expiresAtMs])).toEqual([
      [hashOf(second.secret), null],
      [hashOf(first.secret), endsAt.getTime()],
    ]);

    const third = await rotateApiKey(ann, api.id, first.key.id, {});
    const left = (await credentials()).filter(({ id }) => id === first.key.id);
    expect(left.map(({ hash }) => hash)).toEqual([hashOf(third.secret)]);
    expect(third.key).toMatchObject({ previousPrefix: null, previousEndsAt: null });
  });

  it.each([
    ["in the past", -1],
    ["beyond 90 days", 91],
  ])("is refused an end of the present key %s", async (_, days) => {
    const { key } = await createApiKey(ann, api.id, { name: `Late ${days}`, keyType: "production" });
    await expect(rotateApiKey(ann, api.id, key.id, { previousEndsAt: inDays(days) })).rejects.toMatchObject({
      kind: "invalid",
      items: [{ path: "previousEndsAt" }],
    });
  });

  it("is refused once it has expired, and to others than the API's provider", async () => {
    const { key } = await createApiKey(ann, api.id, { name: "Old", keyType: "production", expiresAt: inOneHour() });
    await expect(rotateApiKey(bob, api.id, key.id, {})).rejects.toMatchObject({ kind: "forbidden" });
    await publisher.db.apiKey.update({ where: { id: key.id }, data: { expiresAt: new Date(0) } });
    await expect(rotateApiKey(ann, api.id, key.id, {})).rejects.toMatchObject({ kind: "conflict" });
  });
});

describe("a rate limit", () => {
  it("is there for keys and APIs from the beginning, and reaches gateways with what it means", async () => {
    const tiers = await listRateTiers(ann);
    expect(tiers.map(({ name, requests, windowSeconds }) => [name, requests, windowSeconds])).toEqual([
      ["Gold", 5_000, 60],
      ["Silver", 2_000, 60],
      ["Bronze", 1_000, 60],
    ]);
    const { key } = await createApiKey(ann, api.id, { name: "Limited", keyType: "production", rateTier: "Bronze" });
    const before = await row();
    await changeApiKey(ann, api.id, key.id, { rateTier: "Silver" });
    expect((await row()).changeRevision).toBeGreaterThan(before.changeRevision);
    const { upserts } = await loadChanges(publisher.db, before.changeRevision);
    const served = upserts[0]?.keys.find(({ id }) => id === key.id);
    expect(served?.rateLimit).toEqual({ tier: "Silver", requests: 2_000, windowMs: 60_000 });
  });

  it("has to be one that there is", async () => {
    const wrong = { name: "Nowhere", keyType: "production", rateTier: "Platinum" } as const;
    await expect(createApiKey(ann, api.id, wrong)).rejects.toMatchObject({ items: [{ path: "rateTier" }] });
    await expect(updateApi(ann, api.id, { runtime: { rateTier: "Platinum" } })).rejects.toMatchObject({
      message: "There is no rate limit named Platinum. There are Unlimited, Bronze, Gold, Silver.",
    });
  });

  it("is an administrator's to change: whatever has it is served anew, and nobody takes it away in use", async () => {
    const admin = await publisher.person("Ada", "admin");
    const tier = { name: "Own", requests: 10, windowSeconds: 1 };
    await expect(createRateTier(ann, tier)).rejects.toMatchObject({ kind: "forbidden" });
    await createRateTier(admin, tier);
    await expect(createRateTier(admin, tier)).rejects.toMatchObject({ kind: "conflict", items: [{ path: "name" }] });
    await updateApi(ann, api.id, { runtime: { rateTier: "Own" } });
    const before = await row();
    await updateRateTier(admin, { ...tier, requests: 20 });
    const { upserts } = await loadChanges(publisher.db, before.changeRevision);
    expect(upserts[0]?.rateLimit).toEqual({ tier: "Own", requests: 20, windowMs: 1_000 });
    expect((await row()).revision).toBe(before.revision);
    await expect(deleteRateTier(admin, "Own")).rejects.toMatchObject({ kind: "conflict" });
    await updateApi(ann, api.id, { runtime: { rateTier: null } });
    await deleteRateTier(admin, "Own");
    await expect(deleteRateTier(admin, "Own")).rejects.toMatchObject({ kind: "not-found" });
  });

  it("of the consumers that tokens name counts as use too, and gateways get it beside the API's own", async () => {
    const admin = await publisher.person("Tove", "admin");
    const tier = { name: "Each", requests: 10, windowSeconds: 1 };
    await createRateTier(admin, tier);
    const issued = { issuer: "https://a.example", audiences: ["shop"], jwksUrl: "https://a.example/jwks" };
    const jwt = jwtSettingsSchema.parse({ ...issued, consumer: { claim: "azp", rateTier: "Each" } });
    await updateApi(ann, api.id, { runtime: { jwt } });
    const before = await row();
    await updateRateTier(admin, { ...tier, requests: 20 });
    const [served] = (await loadChanges(publisher.db, before.changeRevision)).upserts;
    expect(served?.consumerRateLimit).toEqual({ tier: "Each", requests: 20, windowMs: 1_000 });
    expect([served?.rateLimit, served?.runtime?.jwt]).toEqual([undefined, jwt]);
    expect((await listRateTiers(ann)).find(({ name }) => name === "Each")?.apis).toBe(1);
    await expect(deleteRateTier(admin, "Each")).rejects.toMatchObject({ kind: "conflict" });
    await updateApi(ann, api.id, { runtime: { jwt: null } });
    await deleteRateTier(admin, "Each");
    const gone = { ...jwt, consumer: { claim: "azp", rateTier: "Each" } };
    await expect(updateApi(ann, api.id, { runtime: { jwt: gone } })).rejects.toMatchObject({
      items: [{ path: "runtime.jwt.consumer.rateTier" }],
    });
  });

  it("of an operation counts as use too, and gateways get operations only where they change something", async () => {
    const admin = await publisher.person("Olga", "admin");
    const tier = { name: "Narrow", requests: 10, windowSeconds: 1 };
    const served = async (since: number) => (await loadChanges(publisher.db, since)).upserts[0]?.operations;
    await createRateTier(admin, tier);
    const first = await row();
    await updateApi(ann, api.id, { operations: [{ method: "GET", path: "/orders" }] });
    expect(await served(first.changeRevision)).toBeUndefined();
    await updateApi(ann, api.id, { operations: [{ method: "GET", path: "/orders", rateTier: "Narrow" }] });
    const before = await row();
    await updateRateTier(admin, { ...tier, requests: 20 });
    const rateLimit = { tier: "Narrow", requests: 20, windowMs: 1_000 };
    const expected = { method: "GET", path: "/orders", secured: true, rateLimit };
    expect(await served(before.changeRevision)).toEqual([expected]);
    expect((await listRateTiers(ann)).find(({ name }) => name === "Narrow")?.apis).toBe(1);
    await expect(deleteRateTier(admin, "Narrow")).rejects.toMatchObject({ kind: "conflict" });
    await updateApi(ann, api.id, { operations: [] });
    await deleteRateTier(admin, "Narrow");
    await updateApi(ann, api.id, { runtime: { onlyOperations: true } });
    expect(await served(before.changeRevision)).toEqual([]);
  });
});

describe("the use of keys", () => {
  it("is noted for those that are there", async () => {
    const { key } = await createApiKey(ann, api.id, { name: "Busy", keyType: "production" });
    await recordUsedKeys(publisher.db, [key.id, "0197a000-0000-7000-8000-000000000000"]);
    const listed = (await listApiKeys(ann, api.id)).find(({ id }) => id === key.id);
    expect(Math.abs(Date.now() - (listed?.lastUsedAt?.getTime() ?? 0))).toBeLessThan(60_000);
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
