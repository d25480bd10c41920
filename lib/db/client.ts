import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client.ts";

/** The database of the installation. Owns a connection pool: close it with `$disconnect()`. */
export type Database = PrismaClient;

/** A transaction of {@link Database}, for verbs that write. */
export type Transaction = Omit<Database, "$connect" | "$disconnect" | "$on" | "$use" | "$extends" | "$transaction">;

/** Opens a pool of at most `maxConnections` connections; nothing connects before the first query. */
export function openDatabase(url: string, maxConnections = 10): Database {
  const adapter = new PrismaPg({ connectionString: url, max: maxConnections, connectionTimeoutMillis: 5_000 });
  return new PrismaClient({ adapter });
}
