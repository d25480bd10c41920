import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { MigrationList } from "@prisma/schema-engine-wasm/schema_engine_bg";
import type { Client } from "pg";
import { connectTo } from "./database-connection.ts";
import { Failure, reasonOf } from "./failure.ts";
import { rootDirectory } from "./root-directory.ts";

/** The standard folder of Prisma, so that its own command line works on it too. */
export const migrationsDirectory = join(rootDirectory, "prisma/migrations");

// Any number, as long as every Fairlead takes the same: two publishers that start together migrate one after the other.
const advisoryLock = 4_217_320_011;

/**
 * Brings the database to the schema of this checkout. Answers the names of the migrations it applied, usually none: then
 * one query was all it took.
 */
export async function applyMigrations(databaseUrl: string): Promise<readonly string[]> {
  const client = await connectTo(databaseUrl);
  try {
    if ((await pendingMigrations(client)).length === 0) return [];
    await client.query("SELECT pg_advisory_lock($1)", [advisoryLock]);
    if ((await pendingMigrations(client)).length === 0) return [];
    // Loaded only here: five megabytes that a start with nothing to migrate does without.
    const { withSchemaEngine } = await import("./schema-engine.ts");
    const input = { migrationsList: migrationList(), filters: { externalTables: [], externalEnums: [] } };
    const applied = await withSchemaEngine(databaseUrl, (engine) => engine.applyMigrations(input));
    return applied.appliedMigrationNames;
  } catch (error) {
    throw new Failure(`the database cannot be migrated: ${reasonOf(error)}`, { cause: error });
  } finally {
    await client.end();
  }
}

/** Names of the migrations of this checkout that the database does not have yet, oldest first. */
async function pendingMigrations(client: Client): Promise<readonly string[]> {
  const table = await client.query("SELECT to_regclass('_prisma_migrations') AS name");
  if (table.rows[0].name === null) return migrationNames();
  const applied = await client.query(
    "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  const done = new Set(applied.rows.map((row) => row.migration_name));
  return migrationNames().filter((name) => !done.has(name));
}

/** The folder in the form the engine takes. */
function migrationList(): MigrationList {
  const lockfile = "migration_lock.toml";
  const lockPath = join(migrationsDirectory, lockfile);
  return {
    baseDir: migrationsDirectory,
    lockfile: { path: lockfile, content: existsSync(lockPath) ? readFileSync(lockPath, "utf8") : null },
    shadowDbInitScript: "",
    migrationDirectories: migrationNames().map((path) => ({
      path,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(join(migrationsDirectory, path, "migration.sql"), "utf8") },
      },
    })),
  };
}

/** Folder names, oldest first. */
export function migrationNames(): string[] {
  return globSync("*/migration.sql", { cwd: migrationsDirectory }).map(dirname).sort();
}
