import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectTo } from "./database-connection.ts";
import { applyMigrations, migrationNames, migrationsDirectory } from "./migrations.ts";
import { schemaFile } from "./schema-engine.ts";
import { createTestDatabase, type TestDatabase } from "./testing/database.ts";

describe("migrations", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it("lead to prisma/schema.prisma", () => {
    const newest = join(migrationsDirectory, migrationNames().at(-1) ?? "", "schema.prisma");
    expect(readFileSync(schemaFile, "utf8"), "run npm run db:migration -- name_of_the_change").toBe(
      readFileSync(newest, "utf8"),
    );
  });

  it("are recorded as the Prisma command line records them", async () => {
    const client = await connectTo(database.url);
    const { rows } = await client.query(
      "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1",
    );
    await client.end();
    expect(rows.map((row) => row.migration_name)).toEqual(migrationNames());
  });

  it("are applied once", async () => {
    expect(await applyMigrations(database.url)).toEqual([]);
  });

  it("leave one revision counter, at zero", async () => {
    const client = await connectTo(database.url);
    const { rows } = await client.query("SELECT id, revision FROM config_revision");
    const second = client.query("INSERT INTO config_revision (id) VALUES (2)");
    await expect(second).rejects.toThrow("config_revision_single_row");
    await client.end();
    expect(rows).toEqual([{ id: 1, revision: 0 }]);
  });

  it("report an unreachable database without its password", async () => {
    const failure = applyMigrations("postgresql://someone:hunter2@127.0.0.1:1/fairlead");
    await expect(failure).rejects.toThrow("127.0.0.1:1/fairlead");
    await expect(failure).rejects.not.toThrow("hunter2");
  });
});
