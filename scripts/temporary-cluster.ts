import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PostgresCluster } from "./postgres-cluster.ts";

export interface TemporaryCluster {
  url(database: string): string;
  /** Ends PostgreSQL and deletes its files. */
  close(): Promise<void>;
}

/** An empty PostgreSQL in a temporary directory (about 2 s), for tests and for working out migrations. */
export async function startTemporaryCluster(): Promise<TemporaryCluster> {
  const directory = mkdtempSync(join(tmpdir(), "fairlead-postgres-"));
  // The user PostgreSQL runs as, when we are root, must be able to enter.
  chmodSync(directory, 0o755);
  const remove = () => rmSync(directory, { recursive: true, force: true });
  try {
    const cluster = await PostgresCluster.start({
      directory: join(directory, "data"),
      portFile: join(directory, "port"),
      password: randomBytes(18).toString("base64url"),
      throwaway: true,
    });
    return { url: (database) => cluster.url(database), close: () => cluster.close().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}
