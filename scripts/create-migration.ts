// npm run db:migration -- add_api_tags
//
// After every change of prisma/schema.prisma: writes prisma/migrations/<time>_add_api_tags/migration.sql with the
// difference between the schema the newest migration leads to (kept beside it, schema.prisma) and the schema of now. Read
// it and complete it by hand (data, checks) before committing it; a migration that was released is never edited again.

import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DiffTarget } from "@prisma/schema-engine-wasm/schema_engine_bg";
import { runCommand } from "./command.ts";
import { Failure } from "./failure.ts";
import { migrationNames, migrationsDirectory } from "./migrations.ts";
import { schemaFile, schemaFiles, withSchemaEngine } from "./schema-engine.ts";
import { startTemporaryCluster } from "./temporary-cluster.ts";

await runCommand(async () => {
  const name = process.argv[2];
  if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Failure("name the migration in snake_case: npm run db:migration -- add_api_tags");
  }
  const script = await scriptFromNewestMigrationToSchema();
  if (script === null || script.trim() === "-- This is an empty migration.") {
    console.log("The migrations already lead to prisma/schema.prisma: nothing written.");
    return 0;
  }
  const directory = join(migrationsDirectory, `${timestamp()}_${name}`);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "migration.sql"), script);
  copyFileSync(schemaFile, join(directory, "schema.prisma"));
  console.log(`Wrote ${join(directory, "migration.sql")}`);
  return 0;
});

async function scriptFromNewestMigrationToSchema(): Promise<string | null> {
  // The engine insists on a connection, but two schemas are compared: comparing with a database would need its
  // introspection, which the pg adapter cannot do (it does not know PostgreSQL's "char").
  const cluster = await startTemporaryCluster();
  try {
    const input = {
      from: newestMigrationSchema(),
      to: { tag: "schemaDatamodel" as const, ...schemaFiles(schemaFile) },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    };
    const { stdout } = await withSchemaEngine(cluster.url("postgres"), (engine) => engine.diff(input));
    return stdout;
  } finally {
    await cluster.close();
  }
}

function newestMigrationSchema(): DiffTarget {
  const newest = migrationNames().at(-1);
  if (newest === undefined) return { tag: "empty" };
  const file = join(migrationsDirectory, newest, "schema.prisma");
  if (!existsSync(file)) throw new Failure(`${file} is missing: the schema that migration leads to`);
  return { tag: "schemaDatamodel", ...schemaFiles(file) };
}

function timestamp(): string {
  return new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
}
