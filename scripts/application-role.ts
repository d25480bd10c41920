import type { Client } from "pg";
import { connectTo } from "./database-connection.ts";
import { Failure, reasonOf } from "./failure.ts";

/** The role that publisher and gateway have in the embedded PostgreSQL, and in tests. */
export const applicationRole = "fairlead_app";

// Only one process at a time grants: PostgreSQL refuses two that change the same table's rights at once.
const advisoryLock = 4_217_320_012;

/**
 * Makes {@link applicationRole} in the embedded PostgreSQL, where the owner is a superuser whom nothing binds, and answers
 * the connection string of that role.
 */
export async function ensureApplicationRole(ownerUrl: string, password: string): Promise<string> {
  await withOwner(ownerUrl, async (client) => {
    const role = client.escapeIdentifier(applicationRole);
    const found = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [applicationRole]);
    const options = `LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${client.escapeLiteral(password)}`;
    await client.query(`${found.rowCount === 0 ? "CREATE" : "ALTER"} ROLE ${role} ${options}`);
  });
  return applicationUrl(ownerUrl, password);
}

/** The connection string of {@link applicationRole} for the database of another one. */
export function applicationUrl(ownerUrl: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = applicationRole;
  url.password = encodeURIComponent(password);
  return url.href;
}

/**
 * Gives a role what publisher and gateway need of a migrated database, and no more: rows of every table, but of the audit
 * log only reading and adding, and no right to change a table. Said anew after every migration.
 */
export async function grantToApplication(ownerUrl: string, role = applicationRole): Promise<void> {
  await withOwner(ownerUrl, async (client) => {
    const { rows } = await client.query("SELECT current_database() AS name, current_user AS owner");
    if (rows[0].owner === role) {
      throw new Failure(
        `DATABASE_OWNER_URL and DATABASE_URL name the same role, ${role}; they must be two, or DATABASE_OWNER_URL unset`,
      );
    }
    const name = client.escapeIdentifier(role);
    for (const statement of [
      `GRANT CONNECT ON DATABASE ${client.escapeIdentifier(rows[0].name)} TO ${name}`,
      `GRANT USAGE ON SCHEMA public TO ${name}`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name}`,
      `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${name}`,
      `REVOKE UPDATE, DELETE, TRUNCATE ON audit_event FROM ${name}`,
      `REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON _prisma_migrations FROM ${name}`,
    ]) {
      await client.query(statement);
    }
  });
}

async function withOwner(ownerUrl: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = await connectTo(ownerUrl);
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock($1)", [advisoryLock]);
    await work(client);
    await client.query("COMMIT");
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`the rights of the application cannot be set: ${reasonOf(error)}`, { cause: error });
  } finally {
    await client.end();
  }
}
