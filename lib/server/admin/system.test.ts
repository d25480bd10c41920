import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "../api-keys/create-api-key.ts";
import { createApi } from "../apis/create-api.ts";
import type { ServerContext } from "../context.ts";
import { openTestPublisher, type TestPublisher, testSecret } from "../testing/publisher.ts";
import { createAccessToken } from "../users/access-tokens.ts";
import { getSupportBundle } from "./get-support-bundle.ts";
import { getSystem } from "./get-system.ts";
import { settingsInEffect } from "./settings-in-effect.ts";

let publisher: TestPublisher;
let admin: ServerContext;
let ann: ServerContext;
const environment = {
  DATABASE_URL: "postgresql://fairlead:db-hunter2@db.internal:5432/fairlead",
  FAIRLEAD_SECRET: testSecret,
  GATEWAY_ADMIN_TOKEN: "a-token-of-the-admin-port",
  FAIRLEAD_ADMIN_EMAIL: "first@example.com",
  FAIRLEAD_ADMIN_PASSWORD: "first-password",
  GATEWAY_PUBLIC_URL: "https://user:url-hunter2@gateway.example",
  PORT: "3000",
  UNRELATED_SECRET: "unrelated-hunter2",
};

beforeAll(async () => {
  publisher = await openTestPublisher();
  [admin, ann] = [await publisher.person("Ada", "admin"), await publisher.person("Ann")];
});
afterAll(() => publisher?.close());

describe("the system", () => {
  it("tells versions, database, settings and the health of every part", async () => {
    const { versions, database, parts } = await getSystem(admin, environment);
    expect(versions.map(({ name }) => name)).toEqual(["Fairlead", "Node.js", "PostgreSQL", "Schema"]);
    expect(versions.at(-1)?.version).toMatch(/^\d{14}_/);
    expect(database.sizeBytes).toBeGreaterThan(1_000_000);
    expect(database.tables.map(({ name }) => name)).toContain("audit_event");
    expect(parts).toMatchObject([
      { part: "Database" },
      { part: "Audit log", health: "good" },
      { part: "Gateways", health: "bad" },
    ]);
  });

  it("is for administrators", async () => {
    await expect(getSystem(ann, environment)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(getSupportBundle(ann, environment)).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("gives a support bundle without any secret or person in it", async () => {
    const endpointConfig = {
      kind: "single" as const,
      protocol: "rest" as const,
      production: { id: "a", url: "http://backend.internal" },
      extra: { endpoint_security: { production: { password: "api-hunter2" } } },
    };
    const api = await createApi(ann, { name: "Mine", context: "/mine", version: "1", endpointConfig });
    const key = await createApiKey(ann, api.id, { name: "k", keyType: "production" });
    const token = await createAccessToken(ann, { name: "t" });
    const bundle = JSON.stringify(await getSupportBundle(admin, environment));
    expect(bundle).toContain('"apisByState":{"CREATED":1}');
    const secrets = [testSecret, "a-token-of", "first-password", "hunter2", key.secret, token.secret, "sealed:"];
    for (const secret of [...secrets, "first@", "example.com", "Ann", "backend.internal"]) {
      expect(bundle, secret).not.toContain(secret);
    }
    const [event] = await publisher.db.auditEvent.findMany({ orderBy: { id: "desc" }, take: 1 });
    expect(event).toMatchObject({ action: "support.bundle", actorName: "Ada" });
  });
});

describe("settings in effect", () => {
  const sourceOf = (env: Record<string, string>, name: string) =>
    settingsInEffect(env).find((setting) => setting.name === name);

  it.each([
    [{ PORT: "80" }, "PORT", { value: "80", source: "environment" }],
    [{ PORT: "80", FAIRLEAD_GIVEN: "PORT,HOST" }, "PORT", { value: "80", source: "environment" }],
    [{ PORT: "3000", FAIRLEAD_GIVEN: "" }, "PORT", { value: "3000", source: "default" }],
    [{}, "GATEWAY_WORKERS", { value: "not set", source: "default" }],
    [{ FAIRLEAD_SECRET: "s", FAIRLEAD_GIVEN: "" }, "FAIRLEAD_SECRET", { value: "set", source: "generated" }],
    [
      { DATABASE_URL: "postgresql://u:p@h:5432/d", FAIRLEAD_GIVEN: "" },
      "DATABASE_URL",
      { value: "postgresql://h:5432/d", source: "embedded" },
    ],
  ])("of %j: %s", (env: Record<string, string>, name, expected) => {
    expect(sourceOf(env, name)).toMatchObject(expected);
  });
});
