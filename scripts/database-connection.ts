import { Client } from "pg";
import { Failure, reasonOf } from "./failure.ts";

const connectTimeoutMs = 10_000;
const oldestVersion = 14;

/** A connection to the installation's database, or a {@link Failure} that names the database but never its password. */
export async function connectTo(databaseUrl: string): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: connectTimeoutMs });
  // A connection that breaks between two queries fails the next one; unheard it would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new Failure(
      `cannot connect to the database ${withoutCredentials(databaseUrl)} (DATABASE_URL): ${reasonOf(error)}`,
    );
  }
  const version = await client.query("SELECT current_setting('server_version_num')::int / 10000 AS major");
  const { major } = version.rows[0];
  if (major >= oldestVersion) return client;
  await client.end();
  throw new Failure(
    `the database ${withoutCredentials(databaseUrl)} is PostgreSQL ${major}; ${oldestVersion} or later is needed`,
  );
}

function withoutCredentials(databaseUrl: string): string {
  const { hostname, port, pathname } = new URL(databaseUrl);
  return `${hostname}:${port === "" ? "5432" : port}${pathname}`;
}
