import { randomUUID } from "node:crypto";
import { applicationUrl, ensureApplicationRole, grantToApplication } from "../application-role.ts";
import { connectTo } from "../database-connection.ts";
import { applyMigrations } from "../migrations.ts";

export interface TestDatabase {
  /** As publisher and gateway connect: with the rights of the application. */
  readonly url: string;
  /** As its owner, a superuser, for what a test does that no part of the product may. */
  readonly ownerUrl: string;
  /** Deletes the database, ending whatever is still connected to it. */
  drop(): Promise<void>;
}

const applicationPassword = "of-the-application-in-tests";
const templateName = "fairlead_template";

/** Makes the migrated database that {@link createTestDatabase} copies. `serverUrl` may create databases. */
export async function createTemplateDatabase(serverUrl: string): Promise<void> {
  await execute(serverUrl, `DROP DATABASE IF EXISTS ${templateName} WITH (FORCE)`);
  await execute(serverUrl, `CREATE DATABASE ${templateName}`);
  const template = databaseUrl(serverUrl, templateName);
  await applyMigrations(template);
  await ensureApplicationRole(template, applicationPassword);
  await grantToApplication(template);
}

/** A fresh, migrated, empty database (about 50 ms). Needs the PostgreSQL that scripts/testing/global-setup.ts starts. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = process.env.TEST_DATABASE_URL;
  if (serverUrl === undefined)
    throw new Error("TEST_DATABASE_URL is unset: run the test with vitest and its global setup");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await execute(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${templateName}`);
  const ownerUrl = databaseUrl(serverUrl, name);
  return {
    url: applicationUrl(ownerUrl, applicationPassword),
    ownerUrl,
    drop: () => execute(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function execute(serverUrl: string, statement: string): Promise<void> {
  const client = await connectTo(serverUrl);
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
