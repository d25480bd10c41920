import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { Pool } from "pg";
import { rootDirectory } from "./root-directory.ts";

/** What the database of this checkout looks like. */
export const schemaFile = join(rootDirectory, "prisma/schema.prisma");
let instantiated: Promise<void> | undefined;

/**
 * Runs Prisma's schema engine as WebAssembly, from npm: the binary the Prisma CLI downloads is not needed. The engine
 * connects at once and does not disconnect, so its connections are made here and ended here.
 */
export async function withSchemaEngine<Result>(
  databaseUrl: string,
  use: (engine: bindings.SchemaEngine) => Promise<Result>,
): Promise<Result> {
  instantiated ??= instantiate();
  await instantiated;
  const pool = new Pool({ connectionString: databaseUrl });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts(pool));
    const datamodels = schemaFiles(schemaFile).files.map(({ path, content }): [string, string] => [path, content]);
    return await use(await bindings.SchemaEngine.new({ datamodels }, () => undefined, adapter));
  } finally {
    await pool.end();
  }
}

/** Runs a migration as it is written. Prisma's adapter cuts it at every semicolon, also within the body of a function. */
class WholeScripts extends PrismaPg {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    super(pool);
    this.#pool = pool;
  }

  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script: string) => {
      await this.#pool.query(script);
    };
    return adapter;
  }
}

/** A schema of one file in the form the engine takes. */
export function schemaFiles(path: string): bindings.SchemasContainer {
  return { files: [{ path, content: readFileSync(path, "utf8") }] };
}

async function instantiate(): Promise<void> {
  const script = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasm = readFileSync(join(dirname(script), "schema_engine_bg.wasm"));
  const functions = Object.fromEntries(Object.entries(bindings));
  const { instance } = await WebAssembly.instantiate(wasm, { [`./${basename(script)}`]: functions });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
}
